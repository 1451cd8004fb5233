import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DATABASES } from '../../../test/support/databases.js';
import { fact, id } from '../../../test/support/derived.js';
import { ReadSide } from '../../../test/support/read-side.js';
import { RecordedErasures } from './erased-cases.js';

const requestEventId = id('r1');
const started = fact('SubjectErasureStarted', { requestEventId });
const erased = (caseId: string) =>
  fact('SubjectErased', {
    requestEventId,
    caseIds: [caseId],
    destroyedKeys: ['k'],
    sealedEvents: 1,
    warnings: ['exported_copies_remain', 'key_traces_until_master_key_is_rotated'],
  });

describe.each(DATABASES)('which cases are erased, on %s', (_, fresh) => {
  let side: ReadSide;
  let erasures: RecordedErasures;
  const among = async (...caseIds: string[]) => [...(await erasures.among(caseIds))].toSorted();

  beforeEach(async () => {
    side = await ReadSide.start(fresh);
    erasures = new RecordedErasures(side.store, side.projections, side.records);
  });
  afterEach(() => side.stop());

  it('is known as soon as it is recorded, from the approval on', async () => {
    const { caseId: one } = await side.open('One');
    const { caseId: other } = await side.open('Other');
    expect(await among(one, other, id('nobody'))).toEqual([]);
    await side.record(one, fact('ErasureRequested', { reason: 'she asks for it' }));
    expect(await among(one, other)).toEqual([]);
    await side.record(one, started);
    expect(await among(one, other)).toEqual([one]);
    await side.record(one, erased(one));
    expect(await among(one, other)).toEqual([one]);
    expect(await among(other)).toEqual([]);
  });

  it('is known of a case by every id it had', async () => {
    const [first, second, last] = [await side.open('One'), await side.open('Two'), await side.open('Three')];
    await side.merge(first.caseId, second.caseId);
    await side.merge(second.caseId, last.caseId);
    await side.record(last.caseId, started, erased(last.caseId));
    const all = [first, second, last].map(({ caseId }) => caseId).toSorted();
    expect(await among(...all, id('nobody'))).toEqual(all);
  });

  it('is not said while the read model cannot tell', async () => {
    const { caseId } = await side.open('One');
    await side.caughtUp();
    side.store.append = () => Promise.reject(new Error('not asked'));
    side.projections.waitFor = () => Promise.reject(new Error('behind'));
    await expect(among(caseId)).rejects.toThrow('behind');
  });
});
