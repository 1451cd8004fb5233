import type { Words } from '../words.js';

/** Figures that are one number. */
export const FIGURES = {
  persons_documented: {
    name: 'Persons documented',
    definition: 'Persons of whom anything that these figures count falls in the period, each once.',
  },
  arrests: {
    name: 'Arrests',
    definition: 'Arrests recorded whose day falls in the period. A person arrested twice is counted twice.',
  },
  persons_arrested: {
    name: 'Persons arrested',
    definition: 'Persons with at least one recorded arrest in the period, each once.',
  },
  charges: { name: 'Charges', definition: 'Charges brought in the period, administrative and criminal.' },
  persons_charged: {
    name: 'Persons charged',
    definition: 'Persons with at least one charge in the period, administrative or criminal, each once.',
  },
  persons_detained: {
    name: 'Persons in custody',
    definition: 'Persons who were in custody on at least one day of the period, each once.',
  },
  held: {
    name: 'Persons held',
    definition: 'Persons with a detention that has begun and has no recorded end on the day asked about.',
  },
  held_confirmed: {
    name: 'Persons held, confirmed',
    definition:
      'Persons held for whom a recorded fact, or a term still to be served, supports it up to the day asked about.',
  },
  held_unconfirmed: {
    name: 'Persons held, unconfirmed',
    definition:
      'Persons held of whom nothing has been heard since the day up to which their detention is supported.',
  },
  held_possibly: {
    name: 'Persons possibly held',
    definition:
      'Persons who are held if the unknown days are taken at their widest, and not if they are taken at their narrowest.',
  },
  penalties: {
    name: 'Penalties',
    definition: 'Sentences of administrative detention and fines decided in the period.',
  },
  sentences: {
    name: 'Sentences of administrative detention',
    definition: 'Sentences decided in the period, annulled ones included.',
  },
  fines: { name: 'Fines', definition: 'Fines decided in the period, withdrawn and annulled ones included.' },
  persons_penalised: {
    name: 'Persons with at least one penalty',
    definition: 'Persons with a sentence or a fine in the period, each once.',
  },
  persons_sentenced: {
    name: 'Persons sentenced to detention',
    definition: 'Persons with at least one sentence of administrative detention in the period, each once.',
  },
  persons_fined: {
    name: 'Persons fined',
    definition: 'Persons with at least one fine in the period, each once.',
  },
  decisions: {
    name: 'Decisions',
    definition:
      'Decisions in the period, each in exactly one class: detention only, fine only, both, other, ended, acquitted.',
  },
  days_imposed_gross: {
    name: 'Days imposed',
    definition: 'Sum of the days of all sentences decided in the period, as imposed, annulled ones included.',
  },
  days_imposed_net: {
    name: 'Days in force',
    definition:
      'Sum of the days of the sentences in force on the day asked about, after reductions and annulments.',
  },
  days_in_custody: {
    name: 'Days in custody',
    definition:
      'Days from arrest to release or death, each day of a person once, under any regime. An open detention counts only as far as the evidence for it goes.',
  },
  days_served: {
    name: 'Days served',
    definition: 'Days in custody that served a sentence of administrative detention.',
  },
  days_outstanding: {
    name: 'Days outstanding',
    definition: 'Days still to be served of the sentences in force.',
  },
  term_mean: {
    name: 'Mean term',
    definition: 'Days imposed divided by the number of sentences, rounded half up to two places.',
  },
  term_median: {
    name: 'Median term',
    definition:
      'The term in the middle when sentences stand in order of their days; of two in the middle, half their sum.',
  },
  term_least: { name: 'Shortest term', definition: 'The fewest days imposed by one sentence in the period.' },
  term_greatest: { name: 'Longest term', definition: 'The most days imposed by one sentence in the period.' },
  persons_sentenced_repeatedly: {
    name: 'Persons sentenced more than once',
    definition: 'Persons with a sentence in the period and at least one other sentence on record, each once.',
  },
  longest_run: {
    name: 'Longest run of sentences',
    definition: 'The most sentences of one person that follow each other without a day at liberty.',
  },
  counsel_denials: {
    name: 'Denials of counsel',
    definition: 'Times when a detained person was recorded as kept from a lawyer, in the period.',
  },
  counsel_denial_hours: {
    name: 'Hours without counsel',
    definition: 'Sum of how long the denials of counsel lasted, at least and at most.',
  },
  conditions: {
    name: 'Reports of conditions',
    definition:
      'Recorded reports of how a person was held: bedding, cold, food, medical care, ill-treatment and others.',
  },
  condition_hours: {
    name: 'Hours under such conditions',
    definition: 'Sum of the hours given in such reports. Reports without hours add nothing.',
  },
} satisfies Partial<Words['figures']>;
