import type { Words } from '../words.js';

export const FIGURES: Words['figures'] = {
  arrests: {
    name: 'Arrests',
    definition: 'Arrests recorded whose day falls in the period. A person arrested twice is counted twice.',
  },
  persons_arrested: {
    name: 'Persons arrested',
    definition: 'Persons with at least one recorded arrest in the period, each once.',
  },
  persons_charged: {
    name: 'Persons charged',
    definition: 'Persons with at least one charge in the period, administrative or criminal, each once.',
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
  sentences: {
    name: 'Sentences of administrative detention',
    definition: 'Sentences decided in the period, annulled ones included.',
  },
  persons_sentenced: {
    name: 'Persons sentenced to detention',
    definition: 'Persons with at least one sentence of administrative detention in the period, each once.',
  },
  fines: { name: 'Fines', definition: 'Fines decided in the period, withdrawn and annulled ones included.' },
  persons_fined: {
    name: 'Persons fined',
    definition: 'Persons with at least one fine in the period, each once.',
  },
  persons_penalised: {
    name: 'Persons with at least one penalty',
    definition: 'Persons with a sentence or a fine in the period, each once.',
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
  days_by_month: {
    name: 'Days in custody by month',
    definition: 'Days in custody that fall in each month; the months add up to the period.',
  },
  fines_gross: {
    name: 'Fines imposed',
    definition: 'Sum of the fines as imposed, for each currency apart. Two currencies are never added.',
  },
  fines_net: {
    name: 'Fines in force',
    definition: 'Sum of the fines after reduction, withdrawal and annulment, for each currency apart.',
  },
  fines_paid: {
    name: 'Fines paid',
    definition: 'Sum of what was paid, whatever became of the fine, for each currency apart.',
  },
  fines_outstanding: {
    name: 'Fines outstanding',
    definition:
      'What is in force less what was paid and not given back, for each fine not below zero, for each currency apart.',
  },
  fines_base_units: {
    name: 'Fines in base units',
    definition:
      'Sum of the base units of fines that were given in them and neither reduced, annulled nor withdrawn.',
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
  fine_mean: {
    name: 'Mean fine',
    definition:
      'Fines imposed divided by their number, in one currency, rounded half up to its smallest coin.',
  },
  repeat_sentences: {
    name: 'Repeat sentences',
    definition: 'Sentences of persons of whom an earlier sentence is recorded.',
  },
  counsel_denials: {
    name: 'Denials of counsel',
    definition: 'Times when a detained person was recorded as kept from a lawyer, in the period.',
  },
  counsel_within_48h: {
    name: 'Denials of at most 48 hours',
    definition: 'Denials of counsel that lasted 48 hours at the most.',
  },
  counsel_exceeded_48h: {
    name: 'Denials of more than 48 hours',
    definition:
      'Denials of counsel that surely lasted more than 48 hours, the limit of principle 7 of the Basic Principles on the Role of Lawyers.',
  },
  counsel_undetermined: {
    name: 'Denials of undetermined length',
    definition:
      'Denials of counsel of which what is recorded does not tell whether they lasted more than 48 hours.',
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
  documented: {
    name: 'Persons documented',
    definition:
      'Persons in the register of whom what the estimate speaks of is recorded, in the same period.',
  },
  estimate_gap: {
    name: 'Not documented, by an estimate',
    definition:
      'An estimate less what is documented. Given only where both speak of the same thing, period and unit.',
  },
  calls_open: {
    name: 'Calls that are open',
    definition:
      'Recommendations to an authority of which at least one case is recorded that does not meet them.',
  },
  missing_facts: {
    name: 'Facts not documented',
    definition: 'What a case would need for its figures to be complete and of which nothing is recorded.',
  },
};
