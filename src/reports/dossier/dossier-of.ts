import { parseDay } from '../../cases/domain/dates/day.js';
import { hoursDenied, type Hours } from '../../cases/domain/timeline/counsel.js';
import type { DetentionAnswer } from '../../cases/domain/timeline/custody-answer.js';
import type { FormSection, Section, Value } from '../content/content.js';
import { answer, code, days, factsOf, isErased, prose, provision, type DossierSource } from './answers.js';
import { penalties } from './penalties.js';
import { remedies } from './remedies.js';

/**
 * One person in the layout of the questionnaire of the UN Working Group on Arbitrary Detention, with the detentions and penalties
 * below it. Whatever the register does not know stays a question without an answer. Without consent there is no name, no birth date
 * and nothing that anybody wrote: the person is the id of the case.
 */
export function dossierOf(source: DossierSource): Section[] {
  return [
    identity(source),
    arrest(source),
    detention(source),
    circumstances(source),
    form('remedies', [answer('remedies', ...remedies(source))]),
    form('submitter', [
      answer('submitter_name'),
      answer('submitter_address'),
      answer('submitter_status'),
      answer('submitted_on'),
      answer('signature'),
    ]),
    ...custody(source),
    penalties(source),
    {
      kind: 'notes',
      id: 'notes',
      notes: [source.consented ? 'names_only_with_consent' : 'no_name_without_consent'],
    },
  ];
}

const form = (part: string, answers: FormSection['answers']): FormSection => ({
  kind: 'form',
  id: `dossier_${part}`,
  answers,
});

function identity(source: DossierSource): FormSection {
  const { person } = source.answer;
  const names = source.consented
    ? person.names.map(({ form }): Value => ({ kind: 'text', value: form }))
    : [];
  const { erasedNames, born } = personIn(source);
  // So it is also of a file whose names were erased: somebody has to be meant.
  if (names.length === 0) names.push({ kind: 'id', value: source.caseId });
  return form('identity', [
    // Names are recorded whole, and nobody here says where one ends and the other begins.
    answer('family_name'),
    answer('first_name'),
    answer('name_as_recorded', ...names, prose(source, erasedNames)),
    answer('sex', code('sex', person.sex)),
    answer('born', prose(source, born)),
    answer('nationality'),
    answer('identity_document'),
    answer('profession', ...person.roles.map((role) => code('role', role))),
    answer('address'),
  ]);
}

/** What is told of the person, or stands in its place; the first that is recorded. */
function personIn({ docket: { facts }, answer: { person } }: DossierSource): {
  erasedNames?: unknown;
  born?: unknown;
  summary?: unknown;
} {
  const openings = facts.flatMap(({ type, data }) => (type === 'CaseOpened' ? [data] : []));
  const names = facts.flatMap(({ type, data }): unknown[] => {
    if (type === 'CaseOpened') return [data.person.names];
    return type === 'NameRecorded' ? [data.name] : [];
  });
  const recorded = (value: unknown): boolean => value !== undefined;
  return {
    erasedNames: names.find(isErased),
    born: person.born ?? openings.map((data) => data.person.born).find(recorded),
    summary: person.summary ?? openings.map((data) => data.summary).find(recorded),
  };
}

/** The same questions for each arrest, in the order of their days; once, if none is recorded. */
function arrest(source: DossierSource): FormSection {
  const charges = factsOf(source, 'Charged');
  const arrests: (ReturnType<typeof factsOf<'Arrested'>>[number] | undefined)[] = factsOf(source, 'Arrested');
  return form(
    'arrest',
    (arrests.length === 0 ? [undefined] : arrests).flatMap((fact) => {
      const data = fact?.data;
      const warrant = data?.warrantShown;
      const brought = charges.filter((charge) => data && charge.data.detentionId === data.detentionId);
      return [
        answer('arrest_date', fact && days(fact)),
        answer('arrest_place', code('region', data?.place?.region), prose(source, data?.place?.detail)),
        answer('arresting_forces', prose(source, data?.authority)),
        answer('warrant_shown', warrant === undefined ? undefined : code('answer', warrant ? 'yes' : 'no')),
        answer('warrant_authority'),
        answer('arrest_reasons', prose(source, data?.statedReason)),
        answer('arrest_legislation', ...brought.map((charge) => provision(charge.data.provision))),
      ];
    }),
  );
}

function detention(source: DossierSource): FormSection {
  const { custody, totals } = source.answer;
  const held = factsOf(source, 'Arrested', 'Transferred', 'WhereaboutsEstablished');
  const charges = factsOf(source, 'Charged');
  return form('detention', [
    answer('detention_date', ...custody.detentions.map(({ from }): Value => ({ kind: 'days', ...from }))),
    answer(
      'detention_duration',
      custody.detentions.length === 0 ? undefined : { kind: 'range', unit: 'days', ...totals.daysInCustody },
    ),
    answer('holding_forces'),
    answer('detention_places', ...held.map(({ data }) => prose(source, data.facility))),
    answer(
      'ordering_authorities',
      ...factsOf(source, 'DecisionRendered').map(({ data }) => prose(source, data.court)),
    ),
    answer('detention_reasons', ...charges.map(({ data }) => prose(source, data.allegedAct))),
    answer('detention_legislation', ...charges.map(({ data }) => provision(data.provision))),
  ]);
}

function circumstances(source: DossierSource): FormSection {
  return form('circumstances', [
    answer(
      'circumstances',
      prose(source, personIn(source).summary),
      ...factsOf(source, 'Arrested').map(({ data }) => prose(source, data.circumstances)),
      ...factsOf(source, 'ConditionReported').flatMap(({ data }) => [
        code('condition', data.kind),
        data.hours === undefined ? undefined : hours({ min: data.hours, max: data.hours }),
        prose(source, data.text),
      ]),
      ...factsOf(source, 'CounselDenied').flatMap((denial) => [
        code('pretext', denial.data.pretext),
        hours(hoursDenied(denial)),
        prose(source, denial.data.pretextText),
      ]),
    ),
    answer('why_arbitrary', ...source.answer.findings.map((finding) => code('finding', finding.code))),
  ]);
}

const hours = (of: Hours): Value => ({ kind: 'range', unit: 'hours', ...of });

/** A table of the detentions and, if there are any, a timeline of it. */
function custody({ answer: { custody } }: DossierSource): Section[] {
  const table: Section = {
    kind: 'table',
    id: 'custody',
    columns: ['detention', 'from', 'to', 'days_in_custody'].map((id) => ({ id })),
    rows: custody.detentions.map((held, i): Value[] => [
      { kind: 'text', value: String(i + 1) },
      { kind: 'days', ...held.from },
      held.to ? { kind: 'days', ...held.to } : { kind: 'absent' },
      lengthOf(held),
    ]),
  };
  if (table.rows.length === 0) return [table];
  return [
    table,
    {
      kind: 'plot',
      id: 'custody_plot',
      shape: 'timeline',
      table: 'custody',
      x: 'detention',
      y: ['from', 'to'],
    },
  ];
}

/** Of a detention without an end only the whole of the custody says how far it is supported. */
function lengthOf({ from, to }: DetentionAnswer): Value {
  const at = (day: string | null): number | null => (day === null ? null : (parseDay(day) ?? null));
  if (!to) return { kind: 'absent' };
  const [began, begun, ending, ended] = [
    at(from.earliest),
    at(from.latest)!,
    at(to.earliest) ?? at(from.latest)!,
    at(to.latest)!,
  ];
  return {
    kind: 'range',
    unit: 'days',
    min: Math.max(0, ending - begun),
    max: began === null ? null : ended - began,
  };
}
