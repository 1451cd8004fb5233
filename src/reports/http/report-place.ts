import type { RegisterState } from '../gathering/report-question.js';

/**
 * Where the report is to be had that was asked for at `url`: with the day, and once that is settled the state of the register, that
 * it will be of. Of the present there is another one by then.
 */
export function placeOf(url: string, { asOf, state }: { asOf: string; state?: RegisterState }): string {
  const [path, query] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('asOf', asOf);
  const isOfToday = !parameters.has('knownAt') && !parameters.has('position');
  if (isOfToday && state?.position) {
    parameters.delete('minPosition');
    parameters.set('knownAt', state.knownAt);
    parameters.set('position', state.position);
  }
  return `${path}?${parameters.toString()}`;
}
