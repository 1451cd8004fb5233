import type { Known } from './known.js';

/** True if the claim can hold in no order of the sentences that their bounds allow. */
export function claimDiffers(sentence: Known<'Sentenced'>, all: readonly Known<'Sentenced'>[]): boolean {
  const { claimed } = sentence.data;
  if (!claimed || (claimed.ordinal === undefined && claimed.cumulativeDays === undefined)) return false;
  const others = all.filter((other) => other !== sentence);
  const before = others.filter((other) => other.bounds.latest < sentence.bounds.earliest);
  const perhaps = others.filter(
    (other) => !before.includes(other) && other.bounds.earliest <= sentence.bounds.latest,
  );
  return !choices(perhaps).some((chosen) => {
    const earlier = [...before, ...chosen];
    if (!isPossible(earlier, others)) return false;
    const days = earlier.reduce((sum, other) => sum + other.data.days, sentence.data.days);
    return (
      (claimed.ordinal ?? earlier.length + 1) === earlier.length + 1 &&
      (claimed.cumulativeDays ?? days) === days
    );
  });
}

/** Whatever was certainly before one of the earlier ones is itself among them. */
const isPossible = (earlier: readonly Known[], others: readonly Known[]): boolean =>
  others.every(
    (other) =>
      earlier.includes(other) || earlier.every((one) => !(other.bounds.latest < one.bounds.earliest)),
  );

/** Every choice of some, all or none. */
function choices<T>(items: readonly T[]): T[][] {
  let chosen: T[][] = [[]];
  for (const item of items) chosen = chosen.concat(chosen.map((few) => [...few, item]));
  return chosen;
}
