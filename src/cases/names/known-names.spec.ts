import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { DataKeysInMemory } from '../../../test/support/data-keys.js';
import { fact } from '../../../test/support/derived.js';
import { eventually } from '../../../test/support/eventually.js';
import { unsealingWith } from '../../../test/support/ledgers.js';
import { ReadSide } from '../../../test/support/read-side.js';
import { createLog } from '../../log.js';
import { Shutdown } from '../../shutdown.js';
import { queryKeys } from '../domain/names/name-keys.js';
import { KnownNames } from './known-names.js';
import { OpenedNames } from './opened-names.js';

const SILENT = createLog({ logLevel: 'silent' });

let side: ReadSide;
let shutdown: Shutdown;

beforeEach(async () => {
  side = await ReadSide.start();
  shutdown = new Shutdown(SILENT);
});
afterEach(async () => {
  await shutdown.run();
  await side.stop();
});

/** Another process that starts now. */
function started(keys: DataKeysInMemory = side.keys): KnownNames {
  const { store, histories, records, projections } = side;
  const opened = new OpenedNames(unsealingWith(keys));
  const names = new KnownNames(store, histories, records, opened, projections, SILENT, shutdown);
  names.onApplicationBootstrap();
  return names;
}

const find = (names: KnownNames, name: string): string[] => names.find(queryKeys(name)).toSorted();

describe('the names that a process knows', () => {
  it('are those of the read model, once they are read; until then it says so', async () => {
    const { caseId } = await side.open('Dzmitry Kazlou');
    await side.caughtUp();
    const names = started();
    expect(() => find(names, 'Казлоў')).toThrow(expect.objectContaining({ code: 'read-model-behind' }));
    await names.atLeast(undefined);
    expect(find(names, 'Казлоў')).toEqual([caseId]);
    expect(names.like(queryKeys('Kazlou').flat())).toEqual([{ caseId, forms: ['Dzmitry Kazlou'] }]);
  });

  it('are none in an empty register, and nobody waits for them', async () => {
    const names = started();
    await names.atLeast(undefined);
    expect(find(names, 'Kazlou')).toEqual([]);
  });

  it('follow what is recorded: new names, corrections, voids, merges and partings', async () => {
    const names = started();
    const { caseId, eventIds } = await side.open('Kazlou');
    const other = await side.open('Ivanou');
    const known = async (name: string): Promise<string[]> => {
      await names.atLeast(side.last);
      return find(names, name);
    };
    expect(await known('Kazlou')).toEqual([caseId]);
    await side.record(caseId, fact('NameRecorded', { name: { form: 'Maroz' } }));
    expect(await known('Maroz')).toEqual([caseId]);
    const data = { person: { names: [{ form: 'Hryb' }], roles: [] } };
    const [correction = ''] = (
      await side.record(caseId, fact('EventCorrected', { eventId: eventIds[0]!, data, reason: 'misread' }))
    ).eventIds;
    expect([await known('Kazlou'), await known('Hryb')]).toEqual([[], [caseId]]);
    await side.record(caseId, fact('EventVoided', { eventId: correction, reason: 'entered_in_error' }));
    expect([await known('Kazlou'), await known('Hryb')]).toEqual([[caseId], []]);
    await side.merge(caseId, other.caseId);
    expect(await known('Kazlou')).toEqual([other.caseId]);
    await side.unmerge(caseId, other.caseId);
    expect(await known('Kazlou')).toEqual([caseId]);
  });

  it('are found without those that do not open, and never by a name that was erased', async () => {
    const [lost, erased, left] = [
      await side.open('Kazlou'),
      await side.open('Kazlou'),
      await side.open('Kazlou'),
    ];
    const keyOf = async (caseId: string) => (await side.reader.read(`case-${caseId}`))[0]!.keyId;
    side.keys.lose(await keyOf(lost.caseId));
    side.keys.destroy(await keyOf(erased.caseId));
    await side.caughtUp();
    const names = started();
    await names.atLeast(side.last);
    expect(find(names, 'Kazlou')).toEqual([left.caseId]);
  });

  it('are forgotten when the erasure is told', async () => {
    const { caseId, eventIds } = await side.open('Kazlou');
    const names = started();
    await eventually(async () => {
      await names.atLeast(side.last);
      expect(find(names, 'Kazlou')).toEqual([caseId]);
    });
    const { keyId } = (await side.reader.read(`case-${caseId}`))[0]!;
    side.keys.destroy(keyId);
    await side.record(
      caseId,
      fact('SubjectErased', {
        requestEventId: eventIds[0] ?? randomUUID(),
        caseIds: [caseId],
        destroyedKeys: [keyId],
        sealedEvents: 1,
        warnings: ['exported_copies_remain', 'key_traces_until_master_key_is_rotated'],
      }),
    );
    await names.atLeast(side.last);
    expect(find(names, 'Kazlou')).toEqual([]);
  });
});
