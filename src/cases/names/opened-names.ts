import { Injectable } from '@nestjs/common';
import type { Members } from '../../ledger/sealed-fields.js';
import { Unsealing } from '../../ledger/unsealing.js';
import type { PersonName } from '../domain/facts/case-facts.js';
import type { SealedName } from '../read-models/sealed-names.js';

/** Opens the boxes that names lie in. */
@Injectable()
export class OpenedNames {
  constructor(private readonly unsealing: Unsealing) {}

  /** The forms of each list, nothing twice; none where they are erased, undefined where one does not open. */
  async in(lists: readonly (readonly SealedName[])[]): Promise<(string[] | undefined)[]> {
    const opened = await this.unsealing.open(lists.flat());
    let from = 0;
    return lists.map((list) => {
      const halves = opened.slice(from, (from += list.length));
      if (halves.includes('unreadable')) return undefined;
      const forms = halves.flatMap((half) => (typeof half === 'object' ? formsIn(half) : []));
      return [...new Set(forms)];
    });
  }
}

/** The personal half of `CaseOpened`, of `NameRecorded`, or of a correction of either. */
function formsIn(personal: Members): string[] {
  const { person, name } = (personal['data'] ?? personal) as {
    person?: { names?: PersonName[] };
    name?: PersonName;
  };
  return [...(person?.names ?? []), ...(name ? [name] : [])].map(({ form }) => form);
}
