import type { Phrases, Words } from '../words.js';

export const UNITS: Words['units'] = {
  days: same('day', 'days'),
  hours: same('hour', 'hours'),
  persons: same('person', 'persons'),
  base_units: same('base unit', 'base units'),
};

function same(one: string, other: string): Words['units']['days'] {
  return { count: { one, other }, between: { one, other }, atLeast: { one, other } };
}

export const PHRASES: Phrases = {
  title: {
    monthly: 'Detentions and penalties',
    detainees: 'Persons held',
    person: 'One person: custody and penalties',
    campaign: 'Detentions in a campaign',
    articles: 'Penalties by article of law',
    'due-process': 'Access to counsel and conditions of detention',
    missing: 'What is not yet documented',
    compliance: 'What has become of our calls',
  },
  reportOf: (asOf) => `as of ${asOf}`,
  audience: { internal: 'internal', public: 'public' },
  notForPublication: 'Internal. Not for publication.',
  basis: {
    heading: 'Basis of this report',
    asOf: 'As of',
    knownAt: 'As known at',
    position: 'Position in the register',
    filters: 'Counted are only',
    noFilters: 'no limits: everything recorded',
    audience: 'For',
  },
  filters: {
    from: 'from day',
    to: 'to day, inclusive',
    campaignId: 'campaign',
    family: 'articles of one offence',
    article: 'article',
    region: 'region',
    role: 'role',
    caseId: 'case',
  },
  caveats: {
    documented: 'documented',
    at_least: 'at least: the true figure is not lower',
    estimated: 'estimated by others, not counted by us',
  },
  withheld: 'withheld',
  absent: 'not recorded',
  noUpperBound: 'no upper bound known',
  unknownDays: 'day not known',
  legend: {
    heading: 'How to read the values',
    entries: {
      withheld:
        '“Withheld”: too few people stand behind the figure to print it, or another could be worked out from it.',
      absent: '“Not recorded”: the register holds nothing that answers it. It does not mean none.',
      zero: '“0”: there are none among what is documented.',
      atLeast: '“At least”: the lower bound is documented, and no upper bound is known.',
      range: '“26 to 31 days”: with dates half known, the smallest and the largest that they allow.',
      documented:
        '“Documented”: counted from cases in the register. There may be more that nobody has documented.',
      estimated: '“Estimated”: said by somebody else, and never added to our own counts.',
    },
  },
  between: (least, most) => `${least} to ${most}`,
  atLeast: (least) => `at least ${least}`,
  upTo: (most) => `at most ${most}`,
  uncertain: (n) => `${n} of it possibly before the period`,
  period: (from, to) =>
    from === null
      ? to === null
        ? 'any time'
        : `until ${to}`
      : to === null
        ? `from ${from} on`
        : `${from} to ${to}`,
  betweenDays: (earliest, latest) => `between ${earliest} and ${latest}`,
  notBefore: (day) => `not before ${day}`,
  notAfter: (day) => `not after ${day}`,
  estimate: {
    eq: (value) => value,
    gt: (value) => `over ${value}`,
    ge: (value) => `at least ${value}`,
    about: (value) => `about ${value}`,
    between: (value, high) => `${value} to ${high}`,
  },
  figureColumns: {
    figure: 'Figure',
    value: 'Value',
    n: 'Persons behind it (n)',
    caveat: 'How far it goes',
    definition: 'Definition',
  },
  formColumns: { question: 'Asked', answer: 'Known to the register' },
  definitions: 'Definitions of the figures',
  definitionRef: (id, version) => `${id}, version ${version}`,
  dataOf: (plot) => `The same figures as a table: “${plot}”.`,
  plotOf: { bars: 'Bar chart', line: 'Line chart', timeline: 'Timeline' },
  mark: (x, series, value) => `${x}, ${series}: ${value}`,
  stretch: (x, from, to) => `${x}: from ${from}, to ${to}`,
  goingOn: 'no end recorded',
  lowerBound: (column) => `${column}: at least`,
  upperBound: (column) => `${column}: at most`,
  earliest: (column) => `${column}: earliest`,
  latest: (column) => `${column}: latest`,
  currencyOf: (column) => `${column}: currency`,
  page: (page, of) => `Page ${page} of ${of}`,
  emptyTable: 'Nothing that is recorded belongs here.',
  lastDays:
    'Shown are the last day of each month and the last day of all. Every day is in the plot, and in this report as CSV, JSON or spreadsheet.',
  everyDay: 'Every day',
};
