/** Of each relation, the classes of which one has to be taken. They go by their places among the connected; ascending in number. */
export type Choices = readonly (readonly number[])[];

/** Whether so many persons may be enough to take one of each: false only if they are not. */
export function mayBeMet(choices: Choices, sizes: Uint8Array, most: number): boolean {
  return most <= 2 ? isMetBy(choices, sizes, most) : leastIn(choices, sizes, most) <= most;
}

/**
 * Classes among which so many persons, 1 or 2, would have to be looked for; undefined if that cannot be told. Whoever is enough is in the
 * first choice, or one is and the other in whichever choice the one is not in.
 */
export function placesWorthTrying(choices: Choices, most: number): ReadonlySet<number> | undefined {
  const [first] = choices;
  if (!first) return undefined;
  const places = new Set(first);
  if (most === 1) return places;
  for (const place of first) {
    const other = choices.find((choice) => !choice.includes(place));
    if (!other) return undefined;
    for (const one of other) places.add(one);
  }
  return places;
}

function isMetBy(choices: Choices, sizes: Uint8Array, most: number): boolean {
  const [first] = choices;
  if (!first) return true;
  return first.some((place) => {
    const rest = most - sizes[place]!;
    if (rest < 0) return false;
    if (rest === 0) return choices.every((choice) => choice.includes(place));
    return isMetBy(
      choices.filter((choice) => !choice.includes(place)),
      sizes,
      rest,
    );
  });
}

/** Relations that share no class need somebody each. Not counted on beyond `most`. */
function leastIn(choices: Choices, sizes: Uint8Array, most: number): number {
  const taken = new Set<number>();
  let persons = 0;
  for (const choice of choices) {
    if (choice.some((place) => taken.has(place))) continue;
    persons += choice.reduce((least, place) => Math.min(least, sizes[place]!), most + 1);
    if (persons > most) return persons;
    for (const place of choice) taken.add(place);
  }
  return persons;
}
