import { between, short, words } from './figures.js';

/** Where two states of something differ, in words; one of them is absent where there was nothing, and empty where the place says it all. */
export interface Difference {
  where: string;
  before?: string;
  after?: string;
}

/** What is known by a name of its own: ids of events are called by their steps. */
export type NameOf = (text: string) => string | undefined;

interface Leaf {
  where: string;
  text: string;
}

type Path = readonly (string | number)[];

/** Which of a list an entry is: places change when one comes or goes before it. */
const IDENTITIES = [
  'code',
  'form',
  'currency',
  'eventId',
  'detentionId',
  'proceedingId',
  'hearingId',
  'appealId',
];

/** The ends of a range or of a period change one by one, and are read together. */
const ENDS: ReadonlySet<string | number> = new Set(['min', 'max', 'earliest', 'latest']);

/** `pointers` (RFC 6901) are of all that differs. What begins as nothing, zero or none is not told. */
export function differences(
  before: unknown,
  after: unknown,
  pointers: readonly string[],
  nameOf: NameOf,
): Difference[] {
  const told = new Map<string, Difference>();
  for (const place of new Set(pointers.map(readTogether))) {
    const path = partsOf(place);
    const was = new Map(leavesOf(valueAt(before, path), path, nameOf).map((leaf) => [leaf.where, leaf.text]));
    const is = new Map(leavesOf(valueAt(after, path), path, nameOf).map((leaf) => [leaf.where, leaf.text]));
    for (const where of new Set([...was.keys(), ...is.keys()])) {
      const [left, right] = [was.get(where), is.get(where)];
      if (left === right || (isNothing(left) && isNothing(right))) continue;
      told.set(where, {
        where,
        ...(left === undefined ? {} : { before: left }),
        ...(right === undefined ? {} : { after: right }),
      });
    }
  }
  return [...told.values()];
}

/** All that stands in a value, line by line. */
export const linesOf = (value: unknown, nameOf: NameOf): string[] =>
  leavesOf(value, [], nameOf).map(({ where, text }) => line(where, text));

export const line = (where: string, text: string): string => (text === '' ? where : `${where}: ${text}`);

/** A list is read as a whole, and so are the two ends of a range. */
function readTogether(pointer: string): string {
  const [list = ''] = pointer.split(/\/\d+(?=\/|$)/, 1);
  const end = list.lastIndexOf('/');
  return ENDS.has(list.slice(end + 1)) ? list.slice(0, end) : list;
}

const partsOf = (pointer: string): Path =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce(
    (within, part) => (within as Record<string | number, unknown> | null | undefined)?.[part],
    value,
  );

const NOTHING = 'none';
const ZERO = '0';
const NO = 'no';
const isNothing = (text: string | undefined): boolean =>
  text === undefined || text === NOTHING || text === ZERO || text === NO;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function leavesOf(value: unknown, path: Path, nameOf: NameOf): Leaf[] {
  if (value === undefined) return [];
  const text = textOf(value, nameOf);
  if (text !== undefined) return [{ where: placeOf(path), text }];
  if (Array.isArray(value)) return value.map((one, n) => entryOf(one, [...path, n], nameOf));
  return Object.entries(value as object).flatMap(([key, member]) => leavesOf(member, [...path, key], nameOf));
}

/** An entry of a list is one thing, and told in one line. */
function entryOf(entry: unknown, path: Path, nameOf: NameOf): Leaf {
  const known = isObject(entry) ? IDENTITIES.find((name) => typeof entry[name] === 'string') : undefined;
  const { [known ?? '']: identity, ...members } = isObject(entry) ? entry : { entry };
  const where =
    known === undefined ? placeOf(path) : `${placeOf(path.slice(0, -1))} ${textOf(identity, nameOf)}`;
  const told = leavesOf(members, [], nameOf).filter(({ text }) => !isNothing(text));
  return { where, text: told.map((leaf) => `${leaf.where} ${leaf.text}`).join(', ') };
}

/** Undefined for what has to be told member by member. */
function textOf(value: unknown, nameOf: NameOf): string | undefined {
  if (value === null) return NOTHING;
  if (value === false) return NO;
  if (typeof value === 'string')
    return nameOf(value) ?? (/^[a-z]+(_[a-z0-9]+)+$/.test(value) ? words(value) : value);
  if (value === true) return 'yes';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    const texts = value.map((one) => (isObject(one) ? undefined : textOf(one, nameOf)));
    return texts.includes(undefined) ? undefined : texts.join(', ') || NOTHING;
  }
  const { min, max, earliest, latest, ...others } = value as Record<string, never>;
  if (Object.keys(others).length > 0) return undefined;
  if (min !== undefined && max !== undefined) return short({ min, max });
  return earliest !== undefined && latest !== undefined ? between({ earliest, latest }) : undefined;
}

/** `/totals/daysImposed/gross` is `totals days imposed gross`; entries of lists count from 1. */
const placeOf = (path: Path): string =>
  path
    .map((part) =>
      typeof part === 'number'
        ? String(part + 1)
        : part.replaceAll(/(?<=[a-z\d])[A-Z]/g, ' $&').toLowerCase(),
    )
    .join(' ');
