import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.js';
import { TcpProxy } from './tcp-proxy.js';

describe('the proxy that fails as networks do', () => {
  let server: Server;
  let atServer: string;
  let proxy: TcpProxy;
  let client: Socket;
  let atClient: string;
  let closed: Promise<unknown>;

  beforeEach(async () => {
    atServer = '';
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        atServer += String(chunk);
        socket.write(String(chunk).toUpperCase());
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = await TcpProxy.start((server.address() as AddressInfo).port);
    client = await connected();
  });
  afterEach(async () => {
    client.destroy();
    await proxy.stop();
    server.close();
  });

  async function connected(): Promise<Socket> {
    const socket = connect(proxy.port, '127.0.0.1');
    atClient = '';
    socket.on('data', (chunk) => (atClient += String(chunk)));
    socket.on('error', () => undefined);
    closed = new Promise((resolve) => socket.on('close', resolve));
    await once(socket, 'connect');
    await eventually(() => proxy.open > 0);
    return socket;
  }

  async function exchange(text: string): Promise<void> {
    client.write(text);
    await eventually(() => atClient.endsWith(text.toUpperCase()));
  }

  it('passes on what both sides say', async () => {
    await exchange('one');
    await exchange('two');
    expect(atServer).toBe('onetwo');
    expect(atClient).toBe('ONETWO');
    expect(proxy.open).toBe(1);
  });

  it('passes on much more than fits into any buffer', async () => {
    const text = 'abcdefghij'.repeat(500_000);
    client.write(text);
    await eventually(() => atClient.length === text.length);
    expect(atClient).toBe(text.toUpperCase());
  });

  it('tells each side when the other one is done', async () => {
    await exchange('one');
    client.end();
    await closed;
    await eventually(() => proxy.open === 0);
  });

  it('cuts what is open, and takes new connections', async () => {
    await exchange('one');
    proxy.cut();
    await closed;
    client = await connected();
    await exchange('two');
    expect(proxy.accepted).toBe(2);
  });

  it('cuts before a request gets through', async () => {
    await exchange('one');
    const cut = proxy.cutAt('requests');
    client.write('two');
    await Promise.all([cut, closed]);
    expect(atServer).toBe('one');
    client = await connected();
    await exchange('three');
  });

  it('cuts in the middle of a request', async () => {
    const cut = proxy.cutAt('requests', 2);
    client.write('two');
    await Promise.all([cut, closed]);
    await eventually(() => atServer === 'tw');
  });

  it('cuts when the request got through and the reply has not', async () => {
    await exchange('one');
    const cut = proxy.cutAt('replies');
    client.write('two');
    await Promise.all([cut, closed]);
    expect(atServer).toBe('onetwo');
    expect(atClient).toBe('ONE');
  });

  it('cuts in the middle of a reply', async () => {
    const cut = proxy.cutAt('replies', 4);
    client.write('one');
    await eventually(() => atClient === 'ONE');
    client.write('two');
    await Promise.all([cut, closed]);
    expect(atClient).toBe('ONET');
  });

  it('holds everything back without losing it', async () => {
    await exchange('one');
    proxy.hold();
    client.write('two');
    await expect(quiet()).resolves.toBe('ONE');
    expect(atServer).toBe('one');
    proxy.heal();
    await eventually(() => atClient === 'ONETWO');
  });

  it('holds back one direction only', async () => {
    proxy.hold('replies');
    client.write('one');
    await eventually(() => atServer === 'one');
    await expect(quiet()).resolves.toBe('');
    proxy.heal();
    await eventually(() => atClient === 'ONE');
  });

  it('stalls for a while', async () => {
    const over = proxy.stall(50);
    client.write('one');
    await over;
    await eventually(() => atClient === 'ONE');
  });

  it('lets what is said disappear, and the connection stay', async () => {
    await exchange('one');
    proxy.swallow();
    client.write('two');
    await expect(quiet()).resolves.toBe('ONE');
    expect(proxy.open).toBe(1);
    proxy.heal();
    client.write('three');
    await expect(quiet()).resolves.toBe('ONE');
    expect(atServer).toBe('one');
    client.destroy();
    client = await connected();
    await exchange('four');
  });

  it('counts what it has done, and to how many', async () => {
    proxy.cut();
    await closed;
    proxy.cut();
    expect(proxy.damage).toEqual({ cut: 1, spoilt: 0 });
    client = await connected();
    proxy.swallow();
    expect(proxy.damage).toEqual({ cut: 1, spoilt: 0 });
    client.write('one');
    await eventually(() => proxy.damage.spoilt === 1);
    client.write('two');
    await expect(quiet()).resolves.toBe('');
    expect(proxy.damage).toEqual({ cut: 1, spoilt: 1 });
  });

  it('says how much it holds back', async () => {
    await exchange('one');
    proxy.hold('replies');
    client.write('two');
    await eventually(() => proxy.waiting('replies') === 3);
    expect(proxy.waiting('requests')).toBe(0);
    proxy.heal();
    await eventually(() => atClient === 'ONETWO');
    expect(proxy.waiting('replies')).toBe(0);
  });

  it('takes nobody while it refuses', async () => {
    proxy.refuse();
    await closed;
    const refused = connect(proxy.port, '127.0.0.1');
    refused.on('error', () => undefined);
    await once(refused, 'close');
    expect(proxy.open).toBe(0);
    proxy.heal();
    client = await connected();
    await exchange('two');
  });

  /** What has come after so many turns of the event loop that it would have been here. */
  async function quiet(): Promise<string> {
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    return atClient;
  }
});
