const LONGEST = 31;
const FORBIDDEN = /[[\]:*?/\\']/g;

/** Names for sheets after the headings: without what spreadsheets refuse in one, cut to what they take, and no two alike. */
export function sheetNames(headings: readonly string[]): string[] {
  const taken = new Set<string>();
  return headings.map((heading) => {
    const plain = heading.replaceAll(FORBIDDEN, ' ').replaceAll(/\s+/g, ' ').trim();
    for (let n = 1; ; n++) {
      const suffix = n === 1 ? '' : ` ${n}`;
      const name = plain.slice(0, LONGEST - suffix.length).trim() + suffix;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  });
}
