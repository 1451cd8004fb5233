import { describe, expect, it } from '@jest/globals';
import { everything, newEvent, newEvents, newStream } from '../../support/store-events.js';
import type { Given } from '../event-store.contract.js';

export function appending(given: Given): void {
  describe('appending', () => {
    it('begins a stream at revision 0', async () => {
      const result = await given.store.append(newStream(), [newEvent()], 'no_stream');
      expect(result).toMatchObject({ revision: 0, alreadyStored: false });
    });

    it('numbers the events of a stream densely', async () => {
      const stream = newStream();
      await given.store.append(stream, newEvents(3), 'no_stream');
      const result = await given.store.append(stream, newEvents(2), 2);
      expect(result.revision).toBe(4);
      expect((await given.store.read(stream)).map((event) => event.revision)).toEqual([0, 1, 2, 3, 4]);
    });

    it('answers with the position of the last event', async () => {
      const stream = newStream();
      const result = await given.store.append(stream, newEvents(3), 'no_stream');
      expect(result.position).toBe((await given.store.read(stream)).at(-1)?.position);
      expect(result.position).toBe(await given.store.head());
    });

    it('gives back what it was given, byte for byte', async () => {
      const stream = newStream();
      const text = ' {"b":1, "a":[1.0,1e3],\t"n":"Козлов · Kazłoŭ 🕊 \\u0000"}\n';
      const event = newEvent({ type: 'Arrested', payload: text, metadata: `${text}\u0000é\u0065\u0301` });
      const { position } = await given.store.append(stream, [event], 'no_stream');
      expect(await given.store.read(stream)).toEqual([{ ...event, stream, revision: 0, position }]);
      expect(await everything(given.store)).toEqual([{ ...event, stream, revision: 0, position }]);
    });

    it('takes a large event', async () => {
      const stream = newStream();
      const event = newEvent({ payload: JSON.stringify('я'.repeat(250_000)) });
      await given.store.append(stream, [event], 'no_stream');
      expect((await given.store.read(stream))[0]?.payload).toBe(event.payload);
    });

    it('says that it can be written to', async () => {
      await expect(given.store.checkWritable()).resolves.toBeUndefined();
      expect(await everything(given.store)).toEqual([]);
    });
  });

  describe('appending the same ids again', () => {
    it('gives the first answer and writes nothing', async () => {
      const stream = newStream();
      const events = newEvents(3);
      const first = await given.store.append(stream, events, 'no_stream');
      const again = await given.store.append(stream, events, 'no_stream');
      expect(again).toEqual({ ...first, alreadyStored: true });
      expect(await everything(given.store)).toHaveLength(3);
    });

    it('does so whatever has come since', async () => {
      const stream = newStream();
      await given.store.append(stream, newEvents(2), 'no_stream');
      const events = newEvents(2);
      const first = await given.store.append(stream, events, 1);
      await given.store.append(stream, newEvents(2), 3);
      expect(await given.store.append(stream, events, 1)).toEqual({ ...first, alreadyStored: true });
      expect(await given.store.read(stream)).toHaveLength(6);
    });

    it('does so for repeats that arrive together with the first', async () => {
      const stream = newStream();
      const events = newEvents(2);
      const results = await Promise.all(
        Array.from({ length: 10 }, () => given.store.append(stream, events, 'no_stream')),
      );
      expect(results.filter((result) => !result.alreadyStored)).toHaveLength(1);
      expect(new Set(results.map((result) => `${result.revision} ${result.position}`)).size).toBe(1);
      expect(await given.store.read(stream)).toHaveLength(2);
    });
  });
}
