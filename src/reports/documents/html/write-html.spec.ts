import { describe, expect, it } from '@jest/globals';
import axe from 'axe-core';
import { JSDOM } from 'jsdom';
import { HOSTILE } from '../../../../test/support/hostile-words.js';
import { cellsOf, EACH, written } from '../../../../test/support/written-reports.js';

/** What axe finds on a page. Contrast needs a browser; scripts/look-at-reports.ts asks for it there. */
async function faultsOf({ window }: JSDOM): Promise<string[]> {
  window.eval(axe.source);
  const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(window.document, {
    rules: { 'color-contrast': { enabled: false } },
    resultTypes: ['violations'],
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

const open = (html: string): JSDOM => new JSDOM(html, { runScripts: 'outside-only' });

const opened = new Map<string, JSDOM>();

/** Each page is written once for all that is asked of it. */
async function windowOf(...which: (typeof EACH)[number]): Promise<JSDOM> {
  const page = opened.get(which.join()) ?? open(await written(...which, 'html'));
  opened.set(which.join(), page);
  return page;
}

const pageOf = async (...which: (typeof EACH)[number]): Promise<Document> =>
  (await windowOf(...which)).window.document;

/** Anything by which a page could do or fetch something. */
function reachesOut(page: Document): string[] {
  const active = [
    ...page.querySelectorAll('script, iframe, object, embed, link, img, image, base, form, foreignObject'),
  ];
  const attributes = [...page.querySelectorAll('*')].flatMap(({ attributes }) => [...attributes]);
  const handlers = attributes.filter(({ name }) => name.startsWith('on'));
  const addresses = attributes.filter(
    ({ name, value }) =>
      ['href', 'src', 'xlink:href', 'style', 'srcset', 'action'].includes(name) && !value.startsWith('#'),
  );
  const styles = [...page.querySelectorAll('style')].filter(({ textContent }) =>
    /url\(|@import/.test(textContent ?? ''),
  );
  return [
    ...active.map(({ tagName }) => tagName),
    ...[...handlers, ...addresses].map(({ name }) => name),
    ...styles.map(() => 'style'),
  ];
}

describe('a report as a page', () => {
  it.each(EACH)('%s has nothing that axe finds fault with (%s)', async (report, language) => {
    expect(await faultsOf(await windowOf(report, language))).toEqual([]);
  });

  it('would be found at fault', async () => {
    const page = await written('missing', 'en', 'html');
    const faults = await faultsOf(
      open(page.replace('lang="en-GB"', '').replace('<h2 id="legend"', '<h4 id="legend"')),
    );
    expect(faults.join()).toMatch(/heading-order.*html-has-lang|html-has-lang.*heading-order/);
  });

  it.each(EACH)('%s reaches for nothing outside of itself (%s)', async (report, language) => {
    const page = await pageOf(report, language);
    expect(reachesOut(page)).toEqual([]);
    expect(page.querySelector('meta[http-equiv=Content-Security-Policy]')?.getAttribute('content')).toContain(
      "default-src 'none'",
    );
  });

  it('would be seen to reach out', () => {
    const page = new JSDOM(
      '<p onclick="x()"><a href="https://example.org">x</a><img src="x"><script></script>',
    ).window.document;
    expect(reachesOut(page)).toEqual(['IMG', 'SCRIPT', 'onclick', 'href', 'src']);
  });

  it.each(EACH)(
    '%s shows every value in words, and has its headings in order (%s)',
    async (report, language) => {
      const page = await pageOf(report, language);
      expect(page.documentElement.lang).toBe(language === 'en' ? 'en-GB' : language);
      const shown = new Set([...page.querySelectorAll('td, th, td p')].map(({ textContent }) => textContent));
      expect(cellsOf(report, language).filter(({ text }) => !shown.has(text))).toEqual([]);
      const levels = [...page.querySelectorAll('h1, h2, h3')].map(({ tagName }) => Number(tagName[1]));
      expect(levels[0]).toBe(1);
      for (const [i, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[i - 1] ?? 0) + 1);
    },
  );

  it('keeps what people wrote as text', async () => {
    const page = await pageOf('detainees', 'ru');
    const names = [...page.querySelectorAll('tbody th bdi')].map(({ textContent }) => textContent);
    expect(names.slice(0, HOSTILE.length)).toEqual(HOSTILE);
  });

  it('says what is not for publication, and only that', async () => {
    const warning = async (...which: (typeof EACH)[number]): Promise<string | undefined> =>
      (await pageOf(...which)).querySelector('.warning')?.textContent ?? undefined;
    expect(await warning('person', 'en')).toBe('Internal. Not for publication.');
    expect(await warning('monthly', 'en')).toBeUndefined();
  });

  it('has each definition that it refers to', async () => {
    const page = await pageOf('monthly', 'be');
    const links = [...page.querySelectorAll('a[href^="#"]')].map((link) =>
      link.getAttribute('href')!.slice(1),
    );
    expect(links.length).toBeGreaterThan(10);
    for (const id of links)
      expect(page.getElementById(id)?.nextElementSibling?.textContent?.length).toBeGreaterThan(20);
  });
});
