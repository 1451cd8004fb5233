/**
 * What a spreadsheet takes for the beginning of a formula, at the start of a cell or of what becomes one: whoever has set another
 * separator than the comma sees a text cut at his own.
 */
const FORMULA = /(^|[;,|\t\r\n])(["\s]*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/gu;

/** The text with an apostrophe before whatever would be carried out as a formula. */
export const neutral = (text: string): string =>
  text
    .replaceAll(FORMULA, (_, before: string, blank: string) => `${before}${blank}'`)
    .replace(/^(?=[\t\r])/, "'");
