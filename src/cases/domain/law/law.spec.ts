import { describe, expect, it } from '@jest/globals';
import { LawBook } from '../../law-book.js';
import { isKnownArticle, isKnownFamily, isKnownRegion, namedFamilies } from './law.js';

const { law } = LawBook.of('BY');

describe('what the law file knows', () => {
  it.each(['24.23', '23.34', '19.11', '342', '342-1', 'BY-CoAO-2021/24.23', 'BY-CC-1999/342'])(
    'an article can be %s',
    (article) => expect(isKnownArticle(law, article)).toBe(true),
  );

  it.each(['24.2345', '99.1', '24,23', 'BY-CC-1999/24.23', 'BY-CoAO-2022/24.23', 'BY-CoAO-2021/24.23/1', ''])(
    'no article can be "%s"',
    (article) => expect(isKnownArticle(law, article)).toBe(false),
  );

  it('families are those that have a name, and articles that are listed under none', () => {
    expect(namedFamilies(law)).toEqual(['mass_events', 'disobedience', 'petty_hooliganism']);
    for (const family of [...namedFamilies(law), 'BY-CoAO-2021/19.11', 'BY-CC-1999/342'])
      expect([family, isKnownFamily(law, family)]).toEqual([family, true]);
    // 24.23 is one of `mass_events`: as a family of its own nothing is counted under it.
    for (const family of [
      'mass_event',
      'Mass_events',
      'none',
      'BY-CoAO-2021/24.23',
      'BY-CoAO-2021/99.1',
      '24.23',
    ])
      expect([family, isKnownFamily(law, family)]).toEqual([family, false]);
  });

  it('of its own country every region is known, of others none is doubted', () => {
    expect(law.regions).toHaveLength(7);
    for (const region of [...law.regions, 'RU-MOW']) expect(isKnownRegion(law, region)).toBe(true);
    for (const region of ['BY-MN', 'BY-HOM']) expect(isKnownRegion(law, region)).toBe(false);
  });
});
