import type { Marks } from './marks.js';

const CODE = 'BY-CoAO-2003';
/** Too short for a mark, or a date: looked for by where it stands. */
export const UNMARKED = { script: 'Cyrl', born: '1911-03-27' };

const money = (value: string) => ({ value, currency: 'BYN' });

/** Bodies with a mark in every personal field that takes one. */
export class MarkedFacts {
  constructor(private readonly marks: Marks) {}

  circumstance(at = '2020-01-27') {
    return { at, sources: [this.source()], remark: this.marks.next() };
  }

  source() {
    return {
      citation: this.marks.next(),
      url: `https://example.org/${this.marks.latin()}?of=${this.marks.latin()}`,
      kind: 'testimony',
      published: '2020-02-07',
      confidential: true,
      reliability: 'high',
    };
  }

  name() {
    return {
      form: `${this.marks.next()} ${this.marks.next()}`,
      lang: `be-${this.marks.subtags()}`,
      script: UNMARKED.script,
    };
  }

  opening() {
    const person = {
      names: [this.name(), this.name()],
      roles: ['blogger'],
      born: UNMARKED.born,
      sex: 'male',
    };
    return { ...this.circumstance(), person, summary: this.marks.inProse() };
  }

  arrest(detentionId: string) {
    return {
      ...this.circumstance('2020-01-12'),
      detentionId,
      regime: 'administrative',
      place: { region: 'BY-HM', detail: this.marks.next() },
      authority: this.marks.next(),
      facility: this.marks.next(),
      warrantShown: false,
      statedReason: this.marks.next(),
      circumstances: this.marks.inProse(),
    };
  }

  charge(proceedingId: string) {
    return {
      ...this.circumstance('2020-01-13'),
      proceedingId,
      provision: { code: CODE, article: '23.34' },
      allegedAct: this.marks.inProse(),
      actKind: 'assembly',
    };
  }

  hearing(hearingId: string, proceedingId: string, at: string) {
    return {
      ...this.circumstance(at),
      hearingId,
      proceedingId,
      court: this.marks.next(),
      judge: this.marks.next(),
    };
  }

  decision(decisionId: string) {
    return {
      ...this.circumstance('2020-01-14'),
      decisionId,
      outcome: 'penalised',
      court: this.marks.next(),
      judge: this.marks.next(),
    };
  }

  sentence(decisionId: string, penaltyId: string) {
    return { ...this.circumstance('2020-01-14'), decisionId, penaltyId, days: 15 };
  }

  fine(decisionId: string, penaltyId: string) {
    return { ...this.circumstance('2020-01-14'), decisionId, penaltyId, amount: money('510.00') };
  }

  reduction(to: { days: number } | { amount: string }) {
    const by = this.marks.next();
    return { ...this.circumstance('2020-02-01'), by, ...('days' in to ? to : { amount: money(to.amount) }) };
  }

  paid(value: string, by?: string) {
    return { ...this.circumstance('2020-02-03'), amount: money(value), ...(by !== undefined && { by }) };
  }

  denial(denialId: string, detentionId: string) {
    return {
      ...this.circumstance('2020-01-12'),
      denialId,
      detentionId,
      pretext: 'quarantine',
      pretextText: this.marks.next(),
      authority: this.marks.next(),
    };
  }

  condition(detentionId: string) {
    return {
      ...this.circumstance('2020-01-13'),
      detentionId,
      kind: 'cold',
      facility: this.marks.next(),
      actor: this.marks.next(),
      reportedBy: 'detainee',
      text: this.marks.inProse(),
    };
  }

  release(detentionId: string) {
    const circumstance = this.circumstance('2020-02-10');
    return { ...circumstance, detentionId, basis: 'early', conditional: true, conditions: this.marks.next() };
  }

  /** Of what is recorded beside the cases only what every fact carries takes a mark: the rest is printed. */
  campaign() {
    return { ...this.circumstance(), name: 'The winter of 2019', period: '2019-12' };
  }

  estimate(campaignId: string) {
    const quantity = { op: 'gt', value: 150 };
    const counted = { quantity, unit: 'persons', predicate: 'charged_and_fined', period: '2019-12' };
    return { ...this.circumstance(), ...counted, campaignId, estimator: 'human rights defenders' };
  }

  recommendation() {
    return { ...this.circumstance(), kind: 'withdraw_fines', addressee: 'the authorities', scope: {} };
  }

  reasoned() {
    return { ...this.circumstance(), reason: this.marks.next() };
  }
}
