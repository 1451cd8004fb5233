const SEVEN_BITS = 0x80;

/** Whole numbers from 0, each in as few bytes as it needs: seven bits in each, the lowest first, and one that says whether more follow. */
export function shortOf(numbers: Float64Array): Uint8Array {
  let length = 0;
  for (const number of numbers) length += bytesOf(number);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const number of numbers) {
    let rest = number;
    for (; rest >= SEVEN_BITS; rest = Math.floor(rest / SEVEN_BITS)) {
      bytes[at] = SEVEN_BITS + (rest % SEVEN_BITS);
      at += 1;
    }
    bytes[at] = rest;
    at += 1;
  }
  return bytes;
}

export function longOf(bytes: Uint8Array): Float64Array {
  let count = 0;
  for (const byte of bytes) if (byte < SEVEN_BITS) count += 1;
  const numbers = new Float64Array(count);
  let [i, number, scale] = [0, 0, 1];
  for (const byte of bytes) {
    number += (byte % SEVEN_BITS) * scale;
    scale *= SEVEN_BITS;
    if (byte >= SEVEN_BITS) continue;
    numbers[i] = number;
    [i, number, scale] = [i + 1, 0, 1];
  }
  return numbers;
}

function bytesOf(number: number): number {
  let bytes = 1;
  for (let rest = number; rest >= SEVEN_BITS; rest = Math.floor(rest / SEVEN_BITS)) bytes += 1;
  return bytes;
}
