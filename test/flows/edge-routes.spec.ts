import { Controller, Get, Param, Post } from '@nestjs/common';
import { afterEach, describe, expect, it } from '@jest/globals';
import { HabeasError } from '../../src/errors.js';
import { Public } from '../../src/http/public.js';
import { LongLived } from '../../src/http/route-rules.js';
import { startWithRoutes, type EdgeApp } from '../support/edge-app.js';
import { eventually } from '../support/eventually.js';
import { sendRaw } from '../support/raw-request.js';

let running: EdgeApp | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

const PATIENT = { headersMs: 60_000, requestMs: 60_000, uploadMs: 60_000, checkMs: 1_000 };
const HASTY = { headersMs: 500, requestMs: 500, uploadMs: 60_000, checkMs: 20 };

const JSON_OF_TEN_BYTES = 'Content-Type: application/json\r\nContent-Length: 10\r\n';

/** Something that a handler waits for and a test brings about. */
class Gate {
  readonly #waiting: (() => void)[] = [];

  get visitors(): number {
    return this.#waiting.length;
  }

  pass(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  open(): void {
    this.#waiting.splice(0).forEach((go) => go());
  }
}

describe('a route without a policy', () => {
  @Controller('/v1/open')
  class Unguarded {
    @Get()
    read(): string {
      return 'everything';
    }
  }

  it('stops the boot', async () => {
    await expect(startWithRoutes(Unguarded)).rejects.toThrow('GET /v1/open has no policy');
  });
});

describe('an error nobody foresaw', () => {
  @Controller('/odd')
  class Odd {
    @Get(':name')
    @Public()
    break(@Param('name') name: string): never {
      throw new Error(`no such person as ${name}`);
    }
  }

  it('is answered with the correlation id alone, and logged without its message', async () => {
    running = await startWithRoutes(Odd);
    const response = await fetch(`${running.url}/odd/Kazlou`, { headers: { 'x-correlation-id': 'c1' } });
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      type: 'urn:habeas:problem:internal-error',
      title: 'Something went wrong here',
      status: 500,
      detail: 'give the correlation id to whoever runs this service',
      instance: 'c1',
      code: 'internal-error',
    });
    expect(running.log).toContainEqual(
      expect.objectContaining({
        level: 'error',
        correlationId: 'c1',
        error: 'Error',
        trace: expect.stringContaining('break'),
      }),
    );
    expect(JSON.stringify(running.log)).not.toContain('Kazlou');
  });
});

describe('a failure that passes', () => {
  @Controller('/busy')
  class Busy {
    @Get()
    @Public()
    read(): never {
      throw new HabeasError('unavailable', 'read-model-behind', 'not there yet', { retryAfterSeconds: 2 });
    }
  }

  it('says when to try again', async () => {
    running = await startWithRoutes(Busy);
    const response = await fetch(`${running.url}/busy`);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
  });
});

describe('an answer that takes too long', () => {
  const gate = new Gate();

  @Controller()
  class Slow {
    @Post('/slow')
    @Public()
    async record(): Promise<string> {
      await gate.pass();
      return 'late';
    }

    @Get('/slow')
    @Public()
    read(): Promise<string> {
      return this.record();
    }

    @Get('/stream')
    @Public()
    @LongLived()
    follow(): Promise<string> {
      return this.record();
    }
  }

  it('is given up, and of a command nobody claims that it failed', async () => {
    running = await startWithRoutes(Slow, HASTY);
    const stream = fetch(`${running.url}/stream`);
    const read = await fetch(`${running.url}/slow`);
    expect([read.status, await read.json()]).toEqual([503, expect.objectContaining({ code: 'timed-out' })]);
    const command = await fetch(`${running.url}/slow`, { method: 'POST' });
    expect([command.status, await command.json()]).toEqual([
      503,
      expect.objectContaining({ code: 'outcome-unknown' }),
    ]);
    expect(command.headers.get('retry-after')).toBe('1');
    // The stream was asked for before both, and is still waited for.
    gate.open();
    expect(await (await stream).text()).toBe('late');
  });

  it('and so is a request that does not come to an end', async () => {
    running = await startWithRoutes(Slow, HASTY);
    const begun = [
      'GET /slow HTTP/1.1\r\nHost: x\r\n',
      `POST /slow HTTP/1.1\r\nHost: x\r\n${JSON_OF_TEN_BYTES}\r\n{`,
    ];
    for (const text of begun) {
      const answer = await sendRaw(running.url, text);
      expect(answer).toContain('HTTP/1.1 408 ');
      expect(answer).toContain('"code":"request-timeout"');
    }
  });
});

describe('when the service ends', () => {
  const order: string[] = [];
  const gate = new Gate();

  @Controller('/waiting')
  class Waiting {
    @Get()
    @Public()
    async read(): Promise<string> {
      await gate.pass();
      order.push('request');
      return 'finished';
    }
  }

  it('requests in flight are finished, new ones not taken, and stores closed after both', async () => {
    running = await startWithRoutes(Waiting, PATIENT);
    const { url, shutdown } = running;
    shutdown.during('stop subscriptions', () => order.push('subscriptions'));
    shutdown.during('close stores', () => order.push('stores'));
    const answer = fetch(`${url}/waiting`).then((response) => response.text());
    await eventually(() => gate.visitors === 1);

    const ended = shutdown.run();
    await eventually(() =>
      fetch(`${url}/health/live`).then(
        () => false,
        () => true,
      ),
    );
    expect(order).toEqual([]);
    gate.open();
    expect(await answer).toBe('finished');
    expect(await ended).toBe(true);
    expect(order).toEqual(['request', 'subscriptions', 'stores']);
    expect(running.log.filter(({ event }) => event === 'shutdown').map(({ phase }) => phase)).toEqual([
      'stop taking requests',
      'finish requests in flight',
      'stop subscriptions',
      'close stores',
    ]);
  });
});
