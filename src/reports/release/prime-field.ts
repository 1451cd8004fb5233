/** The greatest prime below 2^26: products of two numbers below it are exact. */
const PRIME = 67_108_859;

/** A whole number as one of the field. */
export const fieldNumber = (value: number): number => ((value % PRIME) + PRIME) % PRIME;

export const times = (a: number, b: number): number => {
  const product = a * b;
  const rest = product - Math.floor(product / PRIME) * PRIME;
  if (rest < 0) return rest + PRIME;
  return rest < PRIME ? rest : rest - PRIME;
};

export const minus = (a: number, b: number): number => (a < b ? a - b + PRIME : a - b);

/** Of anything but 0. */
export function inverse(a: number): number {
  let [r, s, t, u] = [PRIME, a, 0, 1];
  while (s !== 0) {
    const q = Math.floor(r / s);
    [r, s] = [s, r - q * s];
    [t, u] = [u, t - q * u];
  }
  return t < 0 ? t + PRIME : t;
}
