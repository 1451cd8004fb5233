import { v7 } from 'uuid';
import { bundleOf } from '../../../src/evidence/bundle-of.js';
import type { Bundle } from '../../../src/evidence/bundle.js';
import { keyIdsIn, leafHashIn } from '../../../src/ledger/chain.js';
import { LogReader } from '../../../src/transparency/log/log-reader.js';
import type { Notarised } from '../../transparency/support/notarised.js';

const idOf = (stream: string): string => stream.replace('case-', '');

/** Exports a case, and those that were merged into it, as the service does. */
export async function exported(
  notarised: Notarised,
  stream: string,
  { merged = [], known }: { merged?: readonly string[]; known?: string } = {},
): Promise<Bundle> {
  const headOf = async (one: string) => {
    const last = (await notarised.store.read(one)).at(-1)!;
    return { revision: last.revision, leafHash: leafHashIn(last) };
  };
  const heads = await Promise.all(merged.map(async (one) => ({ caseId: idOf(one), ...(await headOf(one)) })));
  const data = { ...(await headOf(stream)), ...(heads.length > 0 && { merged: heads }) };
  await notarised.append(stream, { eventId: v7(), type: 'ExportIssued', data });
  await notarised.covered();
  const { store, database, key } = notarised;
  const bundle = await bundleOf(
    { store, log: new LogReader(database), key },
    {
      caseId: idOf(stream),
      merged: heads,
      revision: (await store.read(stream)).length - 1,
      ...(known !== undefined && { known }),
    },
  );
  if (!bundle) throw new Error('it is not covered yet');
  return bundle;
}

export async function erase(notarised: Notarised, stream: string): Promise<void> {
  const [first] = await notarised.store.read(stream);
  const data = { caseIds: [idOf(stream)], destroyedKeys: keyIdsIn(first!) };
  await notarised.append(stream, { eventId: v7(), type: 'SubjectErased', data });
}

export async function merge(notarised: Notarised, loser: string, survivor: string): Promise<void> {
  const throughRevision = (await notarised.store.read(loser)).length - 1;
  const absorbed = { caseId: idOf(loser), throughRevision };
  await notarised.append(survivor, { eventId: v7(), type: 'CaseAbsorbed', data: absorbed });
  await notarised.append(loser, { eventId: v7(), type: 'CaseMerged', data: { intoCaseId: idOf(survivor) } });
}

export async function unmerge(notarised: Notarised, loser: string, survivor: string): Promise<void> {
  const released = { caseId: idOf(loser) };
  await notarised.append(survivor, { eventId: v7(), type: 'CaseReleasedFromMerge', data: released });
  const unmerged = { fromCaseId: idOf(survivor) };
  await notarised.append(loser, { eventId: v7(), type: 'CaseUnmerged', data: unmerged });
}
