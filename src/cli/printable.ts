/** What this program itself writes to make text bold, dim, green or red, and to end that. */
const OWN_STYLES = ['1', '2', '22', '31', '32', '39'].map((code) => `\u001B[${code}m`);
/** Moves the cursor, wipes lines, or turns the order of what is read. */
const COMMANDS = /\p{Cc}|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Text for a terminal. What stands in a case or in somebody's file is shown, and is no command to the terminal that shows it. */
export const printable = (text: string): string =>
  text.replaceAll(COMMANDS, (found, at: number) =>
    found === '\n' || found === '\t' || OWN_STYLES.some((style) => text.startsWith(style, at))
      ? found
      : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
