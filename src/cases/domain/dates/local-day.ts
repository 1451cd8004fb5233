import type { Day } from './day.js';

const MS_PER_QUARTER = 900_000;
const MS_PER_DAY = 86_400_000;

interface Zone {
  format: Intl.DateTimeFormat;
  /** Offsets by quarter of an hour: no zone changes its offset within one, and asking Intl is slow. */
  offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();
const MOST_OFFSETS_KEPT = 50_000;

/** The local day in an IANA zone at an instant (milliseconds since 1970 in UTC). */
export function localDayOf(instant: number, timeZone: string): Day {
  let zone = zones.get(timeZone);
  if (!zone) {
    zone = { format: formatFor(timeZone), offsets: new Map() };
    zones.set(timeZone, zone);
  }
  const quarter = Math.floor(instant / MS_PER_QUARTER);
  let offset = zone.offsets.get(quarter);
  if (offset === undefined) {
    offset = offsetAt(quarter * MS_PER_QUARTER, zone.format);
    if (zone.offsets.size >= MOST_OFFSETS_KEPT) zone.offsets.clear();
    zone.offsets.set(quarter, offset);
  }
  return Math.floor((instant + offset) / MS_PER_DAY);
}

const formatFor = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    era: 'short',
  });

function offsetAt(instant: number, format: Intl.DateTimeFormat): number {
  const parts = Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, part.value]));
  const year = parts['era'] === 'BC' ? 1 - Number(parts['year']) : Number(parts['year']);
  const local = Date.UTC(
    year,
    Number(parts['month']) - 1,
    Number(parts['day']),
    Number(parts['hour']),
    Number(parts['minute']),
    Number(parts['second']),
  );
  return local - instant;
}
