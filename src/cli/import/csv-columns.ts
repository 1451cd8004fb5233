/** A column by what it does with a cell. */
export interface Column {
  /** An empty cell puts nothing. */
  put(row: Record<string, unknown>, cell: string): void;
}

/** Short names for the members that most files have. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  name: 'person.names.0.form',
  roles: 'person.roles',
  source: 'sources.0.citation',
  'source.url': 'sources.0.url',
  'source.kind': 'sources.0.kind',
  'source.published': 'sources.0.published',
  'source.confidential': 'sources.0.confidential',
  'source.reliability': 'sources.0.reliability',
};

const NUMBERS: ReadonlySet<string> = new Set([
  'days',
  'hours',
  'baseUnits',
  'requests',
  'ordinal',
  'cumulativeDays',
  'atLeastHours',
  'atMostHours',
]);
const FLAGS: ReadonlySet<string> = new Set([
  'confidential',
  'conditional',
  'warrantShown',
  'counselPresent',
  'private',
  'known',
  'agrees',
  'annulled',
]);
const LISTS: ReadonlySet<string> = new Set(['roles']);
const YES_AND_NO: Readonly<Record<string, boolean>> = { true: true, yes: true, false: false, no: false };

const MEMBER = /^[a-z][A-Za-z0-9]*$/;
const PLACE = /^\d{1,2}$/;
const LONGEST_PATH = 6;

/** The columns of a header, or what is wrong with it. */
export function columnsOf(header: readonly string[]): { columns: Column[]; faults: string[] } {
  const names = header.map((name) => name.trim());
  const faults = ['case', 'fact']
    .filter((name) => !names.includes(name))
    .map((name) => `the column ${name} is missing`);
  const paths = names.map((name) => (SHORT_NAMES[name] ?? name).split('.'));
  paths.forEach((path, place) => {
    if (!isPath(path))
      faults.push(`column ${place + 1}: ${JSON.stringify(names[place])} is not the name of a member`);
    if (names.indexOf(names[place] ?? '') !== place) faults.push(`the column ${names[place]} is there twice`);
    const whole = paths.find(
      (other) => other.length < path.length && other.every((part, i) => part === path[i]),
    );
    if (whole) faults.push(`the column ${names[place]} is a part of the column ${whole.join('.')}`);
  });
  return { columns: paths.map(column), faults };
}

/** How the header may call a member of a body, for messages: the way back from `/body/sources/0/citation`. */
export function columnName(pointer: string): string {
  const path = pointer.replace(/^\/(?:body|params)\/?/, '').replaceAll('/', '.');
  return Object.entries(SHORT_NAMES).find(([, long]) => long === path)?.[0] ?? path;
}

const isPath = (path: readonly string[]): boolean =>
  path.length <= LONGEST_PATH &&
  path.every(
    (part, place) => (place > 0 && PLACE.test(part)) || (MEMBER.test(part) && part !== 'constructor'),
  );

function column(path: readonly string[]): Column {
  const member = path.at(-1) ?? '';
  return {
    put: (row, cell) => {
      if (cell.trim() !== '') set(row, path, valueOf(member, cell.trim()));
    },
  };
}

/** What does not look like the kind of value that the member has stays as it is, for the check of the body to say so. */
function valueOf(member: string, cell: string): unknown {
  if (LISTS.has(member)) return cell.split('|').map((item) => item.trim());
  if (NUMBERS.has(member) && /^-?\d+(?:\.\d+)?$/.test(cell)) return Number(cell);
  if (FLAGS.has(member)) return YES_AND_NO[cell.toLowerCase()] ?? cell;
  return cell;
}

function set(row: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const inner = path.slice(0, -1).reduce((target, part) => {
    target[part] ??= {};
    return target[part] as Record<string, unknown>;
  }, row);
  inner[path.at(-1) ?? ''] = value;
}

/** What was put together member by member, with lists for what has only numbers for names. */
export function withLists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value);
  if (members.every(([name]) => PLACE.test(name))) return members.map(([, item]) => withLists(item));
  return Object.fromEntries(members.map(([name, inner]) => [name, withLists(inner)]));
}
