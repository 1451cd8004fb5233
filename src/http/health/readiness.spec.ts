import { tmpdir } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import type { Config } from '../../config.js';
import { InMemoryEventStore } from '../../../test/support/in-memory-event-store.js';
import { Readiness } from './readiness.js';

const OK = { store: 'ok', readModel: 'ok', disk: 'ok' };
const needing = (minFreeMegabytes: number): Config =>
  ({ dataDir: tmpdir(), maxLagSeconds: 10, minFreeMegabytes }) as Config;
const limits = needing(0);
const behind = (seconds: number): { seconds: () => Promise<number> } => ({ seconds: async () => seconds });

const checks = (config: Config, lag = behind(0), store = new InMemoryEventStore()): Promise<unknown> =>
  new Readiness(config, store, lag).check().then(
    (found) => found,
    (error: { kind: string; details: { extra: { checks: unknown } } }) => {
      expect(error.kind).toBe('unavailable');
      return error.details.extra.checks;
    },
  );

describe('the service is ready', () => {
  it('when the store takes appends, the read model keeps up and there is room', async () => {
    expect(await checks(limits, behind(10))).toEqual(OK);
  });
});

describe('it is not', () => {
  it('while the read model is too far behind, or cannot be asked', async () => {
    const late = { ...OK, readModel: 'the read model is more than 10 s behind' };
    expect(await checks(limits, behind(10.1))).toEqual(late);
    expect(await checks(limits, behind(Infinity))).toEqual(late);
    const broken = { seconds: () => Promise.reject(new Error('quotes Kazlou')) };
    expect(await checks(limits, broken)).toEqual({ ...OK, readModel: 'the read model cannot be asked' });
  });

  it('while the store takes no appends', async () => {
    const store = new InMemoryEventStore();
    store.checkWritable = () => Promise.reject(new Error('full'));
    expect(await checks(limits, behind(0), store)).toEqual({
      ...OK,
      store: 'the event store takes no appends',
    });
  });

  it('while the disk is nearly full', async () => {
    expect(await checks(needing(Number.MAX_SAFE_INTEGER))).toMatchObject({
      disk: expect.stringContaining('MB are free'),
    });
  });
});

it('however often it is asked, the disk is written to once a second at most', async () => {
  let proofs = 0;
  const store = new InMemoryEventStore();
  store.checkWritable = async () => {
    proofs += 1;
  };
  const readiness = new Readiness(limits, store, behind(0));
  await Promise.all(Array.from({ length: 20 }, () => readiness.check()));
  expect(proofs).toBe(1);
});
