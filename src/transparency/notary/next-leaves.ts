import type { StoredEvent } from '../../event-store/event-store.js';
import { chainFault, leafHashIn } from '../../ledger/chain.js';
import type { LogLeaf, StreamEnd } from '../log/log-writer.js';
import { faultOf } from '../store/store-fault.js';
import { LogRefused } from './log-refused.js';

/**
 * Events as leaves, each looked at by itself and after the one before it in its stream, as the log has that one: what was changed in
 * the store behind the log's back is not followed. `ends`: where their streams stand in the log. Throws `LogRefused`.
 */
export function nextLeaves(
  events: readonly StoredEvent[],
  ends: ReadonlyMap<string, StreamEnd>,
  size: number,
): LogLeaf[] {
  const now = new Map(ends);
  return events.map((event, n) => {
    const { stream, revision, position } = event;
    const end = now.get(stream);
    const what =
      revision === (end?.revision ?? -1) + 1
        ? chainFault(event, end?.hash.toString('base64url') ?? null)
        : 'it does not stand behind the event before it';
    if (what !== undefined)
      throw new LogRefused(`an event is not logged: ${what}`, faultOf(what, size + n, event));
    const hash = Buffer.from(leafHashIn(event), 'base64url');
    now.set(stream, { revision, hash });
    return { position, stream, revision, hash };
  });
}
