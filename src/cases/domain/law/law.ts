import type { Day } from '../dates/day.js';
import { parseDay } from '../dates/day.js';
import type { Provision } from '../facts/proceeding-facts.js';

/** A value of the law for a time. `validTo` is the first day on which it no longer holds. Days in the file are YYYY-MM-DD. */
interface Dated<T> {
  value: T;
  validFrom: Day;
  validTo?: Day;
  source: string;
  confidence: 'confirmed' | 'assumed';
}

/** The most that can be imposed; `repeated` for whoever was penalised for the same within a year. */
export interface Maximum {
  baseUnits?: number;
  baseUnitsRepeated?: number;
  days?: number;
  daysRepeated?: number;
}

export interface ArticleLaw {
  article: string;
  title: string;
  /** Articles of different codes that are one offence, renumbered. */
  family: string;
  maximum?: Dated<Maximum>;
}

interface Code {
  id: string;
  title: string;
  kind: 'administrative' | 'criminal';
  validity: Dated<string>;
  /** A regular expression that every article number of the code fits. */
  articlePattern: string;
  articles: ArticleLaw[];
  /** What holds for every article that is not listed. */
  elsewhere?: Dated<Maximum>;
}

export interface BaseUnit {
  amount: string;
  currency: string;
}

/** `factor` old units became one new one on `validFrom`. */
export interface Redenomination {
  from: string;
  to: string;
  factor: number;
}

/** The law of one jurisdiction as dated data; another jurisdiction is another file. */
export interface Law {
  jurisdiction: string;
  timeZone: string;
  /** ISO 3166-2; of other countries none are listed. */
  regions: string[];
  codes: Code[];
  baseUnits: Dated<BaseUnit>[];
  redenominations: Dated<Redenomination>[];
  undecidedDetentionHours: Dated<number>;
  accessToCounselHours: Dated<number>;
}

/** The law of a file's JSON text. Throws if a day in it is none. */
export function readLaw(text: string): Law {
  return JSON.parse(text, (member, value: unknown) => {
    if (member !== 'validFrom' && member !== 'validTo') return value;
    const day = typeof value === 'string' ? parseDay(value) : undefined;
    if (day === undefined) throw new Error(`the law has "${String(value)}" for ${member}, which is no day`);
    return day;
  }) as Law;
}

const holdsOn = ({ validFrom, validTo }: { validFrom: Day; validTo?: Day }, day: Day): boolean =>
  validFrom <= day && (validTo === undefined || day < validTo);

/** The base unit of a day; undefined before the first one the file knows. */
export const baseUnitOn = (law: Law, day: Day): BaseUnit | undefined =>
  law.baseUnits.find((unit) => holdsOn(unit, day))?.value;

/** Every base unit in force on some day between two. */
export function baseUnitsBetween(law: Law, earliest: Day | null, latest: Day): BaseUnit[] {
  return law.baseUnits
    .filter(
      ({ validFrom, validTo }) => validFrom <= latest && (earliest ?? -Infinity) < (validTo ?? Infinity),
    )
    .map((unit) => unit.value);
}

const codeOf = (law: Law, provision: Provision): Code | undefined =>
  law.codes.find((code) => code.id === provision.code);

const articleOf = (law: Law, provision: Provision): ArticleLaw | undefined =>
  codeOf(law, provision)?.articles.find((listed) => listed.article === provision.article);

/** True if the law file knows the code and the article can be one of it. */
export function isKnownProvision(law: Law, provision: Provision): boolean {
  const code = codeOf(law, provision);
  return code !== undefined && new RegExp(`^(?:${code.articlePattern})$`).test(provision.article);
}

/** True of an article, `24.23` or `BY-CoAO-2021/24.23`, that can be one of a code: of that code, or of any. */
export function isKnownArticle(law: Law, written: string): boolean {
  const [article = '', code] = written.split('/').reverse();
  const codes = code === undefined ? law.codes.map(({ id }) => id) : [code];
  return codes.some((one) => isKnownProvision(law, { code: one, article }));
}

/** False of a region that the country of the law does not have. Those of other countries are not known here. */
export const isKnownRegion = (law: Law, region: string): boolean =>
  !region.startsWith(`${law.jurisdiction}-`) || law.regions.includes(region);

/** The families that have a name. */
export const namedFamilies = (law: Law): string[] => [
  ...new Set(law.codes.flatMap(({ articles }) => articles.map(({ family }) => family))),
];

/** True of a family with a name, and of an article that is one of its own, written with its code. */
export function isKnownFamily(law: Law, family: string): boolean {
  if (namedFamilies(law).includes(family)) return true;
  const [code, article, ...more] = family.split('/');
  if (code === undefined || article === undefined || more.length > 0) return false;
  return isKnownProvision(law, { code, article }) && familyOf(law, { code, article }) === family;
}

/** What a renumbered article is called in every code; an unlisted one is a family of its own. */
export const familyOf = (law: Law, provision: Provision): string =>
  articleOf(law, provision)?.family ?? `${provision.code}/${provision.article}`;

/**
 * The maximum for a provision on a day; where none in force is known, what holds for every article of the administrative codes
 * of that day. An unknown provision has no maximum in base units: the articles differ.
 */
export function maximumFor(law: Law, provision: Provision | undefined, day: Day): Maximum {
  const own = provision && (articleOf(law, provision)?.maximum ?? codeOf(law, provision)?.elsewhere);
  if (own && holdsOn(own, day)) return own.value;
  if (provision && codeOf(law, provision)?.kind === 'criminal') return {};
  const inForce = law.codes.filter((code) => code.kind === 'administrative' && holdsOn(code.validity, day));
  const days = inForce.map((code) => code.elsewhere?.value.days);
  return days.length > 0 && days.every((most) => most !== undefined) ? { days: Math.max(...days) } : {};
}
