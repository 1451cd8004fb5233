import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { EXIT_CODES, Unproven } from '../../src/evidence/verdict.js';
import type { Trust } from '../../src/evidence/verify-bundle.js';
import { verifyWholeStore, type ProvenStore } from '../../src/evidence/verify-whole-store.js';
import { LogReader } from '../../src/transparency/log/log-reader.js';
import type { StoreFault } from '../../src/transparency/store/store-fault.js';
import { freshFile } from '../support/databases.js';
import { seededRandom } from '../support/random.js';
import { COLUMNS, OTHERS, type Alteration } from './support/alterations.js';
import { Notarised } from './support/notarised.js';
import { TamperedStore } from './support/tampered-store.js';

const TIMES = 50;
const CASES = 20;
const EVENTS_EACH = 12;

describe('a store that was altered by SQL', () => {
  let notarised: Notarised;
  let tampered: TamperedStore;
  /** As an auditor has it. */
  let trust: Trust;

  beforeAll(async () => {
    notarised = await Notarised.on(await freshFile());
    await notarised.recordCases(CASES, EVENTS_EACH);
    notarised.start();
    await notarised.covered();
    await notarised.stop();
    trust = { key: notarised.key, known: notarised.memory.read()! };
    tampered = new TamperedStore(notarised.folder);
  }, 60_000);
  afterEach(() => tampered.restore());
  afterAll(async () => {
    tampered.close();
    await notarised.remove();
  });

  const verified = () => verify(new LogReader(notarised.database));
  /** With nothing but the store and the checkpoint. */
  const byCheckpoint = () => verify(undefined);
  const verify = (log: LogReader | undefined) => verifyWholeStore({ store: notarised.store, log, trust });
  const failing = async (verifying: Promise<ProvenStore>): Promise<Unproven> => {
    const found = await verifying.catch((error: unknown) => error);
    if (found instanceof Unproven) return found;
    throw new Error('it was found to be whole', { cause: found });
  };
  /** What the notary finds when it is started on it. */
  async function refusal(): Promise<StoreFault | undefined> {
    notarised.news.length = 0;
    notarised.start();
    await notarised.refusal();
    await notarised.stop();
    const [refused] = notarised.news;
    return refused?.kind === 'refused' ? refused.refusal.fault : undefined;
  }

  it('was whole before', async () => {
    expect(await verified()).toMatchObject({
      events: CASES * EVENTS_EACH,
      known: { size: CASES * EVENTS_EACH },
      log: { size: CASES * EVENTS_EACH },
    });
  });

  const named = ({ leaf, event }: StoreFault) => ({
    leaf,
    there: event && { stream: event.stream, revision: event.revision },
  });

  it.each<[string, Alteration]>([
    ...Object.entries(COLUMNS).map(([column, alter]): [string, Alteration] => [
      `the column ${column} changed`,
      alter,
    ]),
    ...Object.entries(OTHERS).map(([what, alter]): [string, Alteration] => [`a row ${what}`, alter]),
  ])(`is known by its first bad event, with %s, ${TIMES} times`, async (what, alter) => {
    const random = seededRandom(what.length);
    for (let n = 0; n < TIMES; n += 1) {
      alter(tampered, random);
      const first = tampered.firstAltered();
      const withLog = await failing(verified());
      expect([n, named(withLog.fault!)]).toEqual([n, first]);
      expect([n, named((await refusal())!)]).toEqual([n, first]);
      // With nothing but the checkpoint, it is seen; and unless the chain breaks, not where.
      const { aspect, fault } = await failing(byCheckpoint());
      if (aspect === 'consistency') expect(fault?.event).toBeUndefined();
      else expect(fault!.leaf).toBeGreaterThanOrEqual(first!.leaf);
      tampered.restore();
    }
  });

  it.each([1, 10, CASES * EVENTS_EACH])(
    'is known by what is missing, with its last %i events cut off',
    async (count) => {
      tampered.run('DELETE FROM events WHERE position > ?', CASES * EVENTS_EACH - count);
      const first = { leaf: CASES * EVENTS_EACH - count, there: undefined };
      const found = await failing(verified());
      expect([found.exitCode, named(found.fault!)]).toEqual([EXIT_CODES.head, first]);
      expect(named((await refusal())!)).toEqual(first);
      const withoutLog = await failing(byCheckpoint());
      expect([withoutLog.exitCode, named(withoutLog.fault!)]).toEqual([EXIT_CODES.head, first]);
    },
  );
});
