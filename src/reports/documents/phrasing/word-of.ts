/**
 * The word for an id that a content names. Content is made by this program, so a word that is missing is a fault of it, and no
 * reason to print an id where a reader expects a word: throws.
 */
export function wordOf<W = string>(words: Readonly<Record<string, W>>, id: string, what: string): W {
  const word = Object.hasOwn(words, id) ? words[id] : undefined;
  if (word === undefined) throw new Error(`there are no words for the ${what} "${id}"`);
  return word;
}
