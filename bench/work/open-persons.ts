import { v7 } from 'uuid';
import { type Ledger } from '../../src/ledger/ledger.js';
import { ENVELOPE } from './facts-to-append.js';

const AT_ONCE = 512;
const SYLLABLES = ['ka', 'zlo', 'mar', 'shy', 'ble', 'nov', 'dzi', 'hry', 'tsi', 'pav', 'sia', 'vol'];
const GIVEN = ['Dzmitry', 'Volha', 'Siarhei', 'Maryna', 'Pavel', 'Natallia', 'Uladzimir', 'Aliaksandr'];

/** Of nobody else. */
export const LAST_NAME = 'Zmicier Krapivin';

/** Opens cases of so many people, with family names that are mostly their own. */
export async function openPersons(ledger: Ledger, count: number): Promise<void> {
  for (let first = 0; first < count; first += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, n) => first + n);
    await Promise.all(
      some.map((n) => {
        const form = n === count - 1 ? LAST_NAME : nameOf(n);
        const event = {
          eventId: v7(),
          type: 'CaseOpened',
          data: { person: { roles: ['protester'] } },
          personal: { person: { names: [{ form }] } },
        };
        return ledger.append(`case-${v7()}`, [event], ENVELOPE, 'no_stream');
      }),
    );
  }
}

function nameOf(n: number): string {
  const parts = [n, n / 12, n / 144, n / 1_728, n / 20_736].map((at) => SYLLABLES[Math.floor(at) % 12] ?? '');
  const family = parts.join('');
  return `${GIVEN[n % GIVEN.length] ?? ''} ${family.charAt(0).toUpperCase()}${family.slice(1)}ich`;
}
