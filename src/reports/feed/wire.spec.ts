import { describe, expect, it } from '@jest/globals';
import type { FeedEntry } from './feed-entry.js';
import { asLines, asServerSentEvents } from './wire.js';

const entry = (position: string): FeedEntry => ({
  position,
  eventId: `e${position}`,
  caseId: '1',
  revision: 0,
  type: 'CaseOpened',
  recordedAt: '2020-02-08T09:00:00.000Z',
  recordedBy: 'p1',
  data: {},
});

async function* batches(...sizes: FeedEntry[][]): AsyncGenerator<FeedEntry[]> {
  yield* sizes;
}

async function collected(chunks: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return all;
}

/** Says nothing until it is let go. */
function silence(): {
  source: AsyncIterable<never>;
  asked: () => number;
  end: () => void;
  fail: (error: Error) => void;
} {
  const { promise, resolve, reject } = Promise.withResolvers<IteratorResult<never>>();
  let asked = 0;
  const next = () => {
    asked += 1;
    return promise;
  };
  return {
    source: { [Symbol.asyncIterator]: () => ({ next }) },
    asked: () => asked,
    end: () => resolve({ done: true, value: undefined }),
    fail: reject,
  };
}

describe('the feed on the wire', () => {
  it('is one entry a line', async () => {
    const lines = (await collected(asLines(batches([entry('1'), entry('2')], [entry('3')]))))
      .join('')
      .split('\n');
    expect(lines.map((line) => line && (JSON.parse(line) as FeedEntry).position)).toEqual([
      '1',
      '2',
      '3',
      '',
    ]);
  });

  it('or one server-sent event an entry, with its position as the id', async () => {
    const [hello, ...events] = await collected(asServerSentEvents(batches([entry('1'), entry('2')])));
    expect(hello).toBe('retry: 2000\n\n');
    expect(events.join('')).toBe(
      `id: 1\ndata: ${JSON.stringify(entry('1'))}\n\nid: 2\ndata: ${JSON.stringify(entry('2'))}\n\n`,
    );
  });
});

describe('a quiet event stream', () => {
  it('beats as long as nothing comes, and asks for the next entry once only', async () => {
    const { source, asked, end } = silence();
    const stream = asServerSentEvents(source, 1);
    await stream.next();
    for (let beats = 0; beats < 3; beats++) {
      expect(await stream.next()).toEqual({ done: false, value: ': still here\n\n' });
    }
    expect(asked()).toBe(1);
    end();
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('takes nothing that its reader has not asked for', async () => {
    const { source, asked } = silence();
    const stream = asServerSentEvents(source, 1);
    await stream.next();
    expect(asked()).toBe(0);
  });

  it('passes on how its source failed', async () => {
    const { source, fail } = silence();
    const stream = asServerSentEvents(source, 60_000);
    await stream.next();
    const next = stream.next();
    fail(new Error('the store is gone'));
    await expect(next).rejects.toThrow('the store is gone');
  });

  it('can be left while its source is silent', async () => {
    const { source, fail } = silence();
    const stream = asServerSentEvents(source, 1);
    await stream.next();
    await stream.next();
    expect(await stream.return(undefined)).toEqual({ done: true, value: undefined });
    fail(new Error('nobody is left to hear this'));
  });
});
