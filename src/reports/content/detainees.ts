import type { HeldPerson } from '../figures/figures.js';
import type { Section, Value } from './content.js';
import { ABSENT, code, onDay, onDays, text } from './sections.js';
import { heldByDay, heldNow } from './shared-sections.js';
import type { ReportSource } from './source.js';

/** Who is held: by name where consent allows it. In the house only: it is not issuable. */
export function detainees({ figures, names }: ReportSource): Section[] {
  const columns = ['name', 'case', 'arrested', 'region', 'status', 'confirmed', 'confirmed_until', 'release'];
  return [
    heldNow(figures),
    {
      kind: 'table',
      id: 'detainees',
      columns: columns.map((id) => ({ id })),
      rows: (figures.held ?? []).map((person) => [
        text(names?.get(person.caseId)),
        { kind: 'id', value: person.caseId },
        person.arrested === null ? ABSENT : onDays(person.arrested),
        text(person.region ?? undefined),
        code('status', person.status),
        code('support', person.unconfirmed ? 'unconfirmed' : 'confirmed'),
        onDay(person.confirmedUntil),
        release(person),
      ]),
    },
    ...heldByDay(figures),
  ];
}

const release = ({ expectedRelease }: HeldPerson): Value => {
  if (expectedRelease === null) return ABSENT;
  const [earliest, latest] = expectedRelease;
  return latest === null ? ABSENT : onDays([earliest, latest]);
};
