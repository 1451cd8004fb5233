import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatDay, parseDay, type Day } from '../../cases/domain/dates/day.js';
import { agenda, type Issued } from './agenda.js';
import type { Wanted } from './schedulable.js';
import { issueIdOf, keyOf, questionOf, type Scheduled } from './scheduled.js';

const WANTED: Wanted = { daily: ['compliance'], monthly: ['monthly', 'articles'] };
const day = (text: string): Day => parseDay(text)!;
const daily = (period: string): string => `daily/compliance/${period}`;
const monthly = (period: string, report = 'monthly'): string => `monthly/${report}/${period}`;

const issued = (one: Scheduled, on: string): Issued => ({ issueId: issueIdOf(one), on: day(on) });
const month = (period: string, report: 'monthly' | 'articles' = 'monthly'): Scheduled => ({
  schedule: 'monthly',
  report,
  period,
});
const due = (ended: string, issues: Issued[] = [], wanted = WANTED): string[] =>
  agenda(day(ended), wanted, issues).map(keyOf);

describe('what is due when a day is over', () => {
  it('are the reports of that day, and those of the month that is over', () => {
    expect(due('2020-02-29')).toEqual([
      monthly('2020-02'),
      monthly('2020-02', 'articles'),
      daily('2020-02-29'),
    ]);
  });

  it('are in the middle of a month, where nothing was issued yet, those of the last one', () => {
    expect(due('2020-03-14')).toEqual([
      monthly('2020-02'),
      monthly('2020-02', 'articles'),
      daily('2020-03-14'),
    ]);
  });

  it('is after an outage every month that was missed, the oldest first, and of the days the last one', () => {
    const issues = [
      issued(month('2019-10'), '2019-11-01'),
      issued(month('2019-10', 'articles'), '2019-11-01'),
    ];
    expect(due('2020-02-03', issues)).toEqual([
      monthly('2019-11'),
      monthly('2019-12'),
      monthly('2020-01'),
      monthly('2019-11', 'articles'),
      monthly('2019-12', 'articles'),
      monthly('2020-01', 'articles'),
      daily('2020-02-03'),
    ]);
  });

  it('is of a report that was put on the schedule later the last month only', () => {
    const issues = ['2019-10', '2019-11', '2019-12'].map((period, i) =>
      issued(month(period), ['2019-11-01', '2019-12-01', '2020-01-01'][i]!),
    );
    expect(due('2019-12-31', issues)).toEqual([
      monthly('2019-11'),
      monthly('2019-12'),
      monthly('2019-12', 'articles'),
      daily('2019-12-31'),
    ]);
  });

  it('has what was issued of late in it, whose documents may be missing, and nothing older', () => {
    const yesterday: Scheduled = { schedule: 'daily', report: 'compliance', period: '2020-02-28' };
    const old: Scheduled = { schedule: 'daily', report: 'compliance', period: '2020-01-20' };
    const made = [
      issued(month('2019-12'), '2020-01-01'),
      issued(old, '2020-01-21'),
      issued(yesterday, '2020-02-29'),
    ];
    expect(due('2020-02-29', made)).toEqual([
      daily('2020-02-28'),
      monthly('2020-01'),
      monthly('2020-02'),
      monthly('2020-02', 'articles'),
      daily('2020-02-29'),
    ]);
  });

  it('is nothing where nothing is wanted, whatever others have issued', () => {
    const byHand = { issueId: '5d1b8b36-8a3f-4a53-9a3e-1d7f3c0f7a11', on: day('2019-01-05') };
    expect(due('2020-02-29', [byHand], { daily: [], monthly: [] })).toEqual([]);
  });

  it('comes to each month once from the first on, whenever the service has run', () => {
    const runs = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(runs, (days) => {
        const issues: Issued[] = [];
        const made: string[] = [];
        for (const ended of days.toSorted((a, b) => a - b).map((n) => day('2019-06-15') + n)) {
          for (const one of agenda(ended, { daily: [], monthly: ['monthly'] }, issues)) {
            const issueId = issueIdOf(one);
            if (issues.some((issue) => issue.issueId === issueId)) continue;
            issues.push({ issueId, on: ended + 1 });
            made.push(one.period);
          }
        }
        const [first, last] = [made[0]!, made.at(-1)!];
        const ordered: string[] = [];
        for (let at = day(`${first}-01`); at <= day(`${last}-01`); at += 1)
          if (formatDay(at).endsWith('-01')) ordered.push(formatDay(at).slice(0, 7));
        expect(made).toEqual(ordered);
      }),
    );
  });
});

describe('a report on schedule', () => {
  it('is of the day that is over, or of the month from the first to the last day, as of that', () => {
    expect(questionOf({ schedule: 'daily', report: 'compliance', period: '2020-02-29' })).toEqual({
      report: 'compliance',
      asOf: '2020-02-29',
      filters: {},
    });
    expect(questionOf(month('2020-02'))).toEqual({
      report: 'monthly',
      asOf: '2020-02-29',
      filters: { from: '2020-02-01', to: '2020-02-29' },
    });
  });

  it('has an id of its own that is for ever the same', () => {
    const all = [month('2020-02'), month('2020-02', 'articles'), month('2020-03')];
    const daily: Scheduled = { ...month('2020-02'), schedule: 'daily' };
    expect(new Set([...all, daily].map(issueIdOf)).size).toBe(4);
    // Another one here would have all that was ever published issued again.
    expect(issueIdOf(month('2020-02'))).toBe('728e25dd-98b0-5b2b-9e1b-5ff009a837a1');
  });
});
