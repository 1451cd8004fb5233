import type { Words } from '../words.js';

/** Figures that are told apart by something: a currency, a month, an article. */
export const BREAKDOWNS = {
  decisions_by_outcome: {
    name: 'Decisions by outcome',
    definition: 'Decisions in the period, each in exactly one class; the classes add up to all decisions.',
  },
  fine_count: {
    name: 'Fines by currency',
    definition:
      'Fines decided in the period, in each currency in which they were given or reported. A fine reported in two currencies stands in both.',
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
  fines_refunded: {
    name: 'Fines paid back',
    definition: 'Sum of what was paid back, for each currency apart.',
  },
  fines_outstanding: {
    name: 'Fines outstanding',
    definition:
      'What is in force less what was paid and not given back, for each fine not below zero, for each currency apart.',
  },
  fines_at_least: {
    name: 'Persons with a fine of at least the amount',
    definition: 'Persons with a fine whose amount is known only as a lower bound, by currency.',
  },
  base_units: {
    name: 'Fines in base units',
    definition:
      'Sum of the base units of fines that were given in them and neither reduced, annulled nor withdrawn.',
  },
  fine_mean: {
    name: 'Mean fine',
    definition:
      'Fines imposed divided by their number, in one currency, rounded half up to its smallest coin.',
  },
  fine_median: {
    name: 'Median fine',
    definition:
      'The fine in the middle when fines of one currency stand in order; of two in the middle, half their sum.',
  },
  fine_least: { name: 'Smallest fine', definition: 'The smallest fine of the period, in one currency.' },
  fine_greatest: { name: 'Largest fine', definition: 'The largest fine of the period, in one currency.' },
  counsel_denials_by_result: {
    name: 'Denials of counsel by length',
    definition:
      'Denials of at most 48 hours, of surely more, and those of which what is recorded does not tell. 48 hours is the limit of principle 7 of the Basic Principles on the Role of Lawyers.',
  },
  counsel_denials_by_pretext: {
    name: 'Denials of counsel by pretext',
    definition: 'Denials of counsel in the period, by the reason that was given for them.',
  },
  conditions_by_kind: {
    name: 'Reports of conditions by kind',
    definition: 'Recorded reports of how persons were held, by what they tell of.',
  },
  condition_hours_by_kind: {
    name: 'Hours under such conditions by kind',
    definition: 'Sum of the hours given in such reports, by kind. Reports without hours add nothing.',
  },
  charges_by_article: {
    name: 'Charges by article',
    definition:
      'Charges brought in the period, administrative and criminal. Articles that are one offence, renumbered, stand apart.',
  },
  persons_charged_by_article: {
    name: 'Persons charged by article',
    definition:
      'Persons with at least one charge in the period, administrative or criminal, each once. Articles that are one offence, renumbered, stand apart.',
  },
  sentences_by_article: {
    name: 'Sentences of administrative detention by article',
    definition:
      'Sentences decided in the period, annulled ones included. Articles that are one offence, renumbered, stand apart.',
  },
  days_imposed_by_article: {
    name: 'Days imposed by article',
    definition:
      'Sum of the days of all sentences decided in the period, as imposed, annulled ones included. Articles that are one offence, renumbered, stand apart.',
  },
  fines_by_article: {
    name: 'Fines by article',
    definition:
      'Fines decided in the period, withdrawn and annulled ones included. Articles that are one offence, renumbered, stand apart.',
  },
  charges_by_family: {
    name: 'Charges by offence',
    definition:
      'Charges brought in the period, administrative and criminal. Articles that are one offence, renumbered (23.34 and 24.23), are one.',
  },
  persons_charged_by_family: {
    name: 'Persons charged by offence',
    definition:
      'Persons with at least one charge in the period, administrative or criminal, each once. Articles that are one offence, renumbered (23.34 and 24.23), are one.',
  },
  sentences_by_family: {
    name: 'Sentences of administrative detention by offence',
    definition:
      'Sentences decided in the period, annulled ones included. Articles that are one offence, renumbered (23.34 and 24.23), are one.',
  },
  days_imposed_by_family: {
    name: 'Days imposed by offence',
    definition:
      'Sum of the days of all sentences decided in the period, as imposed, annulled ones included. Articles that are one offence, renumbered (23.34 and 24.23), are one.',
  },
  fines_by_family: {
    name: 'Fines by offence',
    definition:
      'Fines decided in the period, withdrawn and annulled ones included. Articles that are one offence, renumbered (23.34 and 24.23), are one.',
  },
  arrests_by_month: {
    name: 'Arrests by month',
    definition:
      'Arrests recorded whose day falls in the period. A person arrested twice is counted twice. Each stands in the month of its day; what lies before the first month shown is in a row of its own.',
  },
  sentences_by_month: {
    name: 'Sentences of administrative detention by month',
    definition:
      'Sentences decided in the period, annulled ones included. Each stands in the month of its day; what lies before the first month shown is in a row of its own.',
  },
  fines_by_month: {
    name: 'Fines by month',
    definition:
      'Fines decided in the period, withdrawn and annulled ones included. Each stands in the month of its day; what lies before the first month shown is in a row of its own.',
  },
  days_imposed_by_month: {
    name: 'Days imposed by month',
    definition:
      'Sum of the days of all sentences decided in the period, as imposed, annulled ones included. Each stands in the month of its day; what lies before the first month shown is in a row of its own.',
  },
  days_in_custody_by_month: {
    name: 'Days in custody by month',
    definition:
      'Days in custody that fall in each month, as far as supported; the months add up to the period.',
  },
  days_in_custody_by_month_wide: {
    name: 'Days in custody at most, by month',
    definition: 'The same if unknown days are taken at their widest.',
  },
  days_served_by_month: {
    name: 'Days served by month',
    definition: 'Days in custody of each month that served a sentence.',
  },
  days_served_by_month_wide: {
    name: 'Days served at most, by month',
    definition: 'The same if unknown days are taken at their widest.',
  },
  held_by_day: {
    name: 'Persons held, by day',
    definition: 'Persons held on each day, as far as it is supported.',
  },
  held_by_day_wide: {
    name: 'Persons held at most, by day',
    definition:
      'Persons held on each day, if unknown days are taken at their widest and open detentions to go on.',
  },
  documented_beside_estimate: {
    name: 'Documented, beside an estimate',
    definition:
      'The own count of the register of what an estimate speaks of, or the nearest it has. It is never added to the estimate.',
  },
  estimate_gap: {
    name: 'Not documented, by an estimate',
    definition:
      'An estimate less what is documented, as uncertain as the estimate. Given only where both speak of the same thing, in one unit and scope, and have counted the same days; none where more is documented than was estimated.',
  },
  call_outstanding: {
    name: 'Still to be met',
    definition:
      'Proceedings, persons or fines that a call is about and that still go on, on the day asked about.',
  },
  call_met: {
    name: 'Met',
    definition:
      'Proceedings, persons or fines that a call is about and that have ended, as it asks, since it was made.',
  },
  call_met_conditionally: {
    name: 'Met only on conditions',
    definition: 'Persons whom a call is about and who were released since, but on conditions.',
  },
  call_state: {
    name: 'State of a call',
    definition:
      'Met: something has ended and nothing goes on. Partly met: both. Open: all else, also where nothing is documented.',
  },
  files_missing: {
    name: 'Files with a gap',
    definition:
      'Persons in whose file something is not documented that the figures would need, by what it is.',
  },
  missing: {
    name: 'Gaps',
    definition: 'How often something is not documented that the figures would need, by what it is.',
  },
} satisfies Partial<Words['figures']>;
