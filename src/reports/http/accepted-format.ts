import type { Format } from '../documents/document.js';

const FORMAT_OF: Readonly<Record<string, Format>> = {
  'application/json': 'json',
  'text/csv': 'csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'text/html': 'html',
  'application/pdf': 'pdf',
} satisfies Record<string, Format>;

/** What an `Accept` header asks for before all else; JSON where it does not say, or asks for nothing that there is. */
export function acceptedFormat(accept: string | undefined): Format {
  let best: { format: Format; weight: number } | undefined;
  for (const range of (accept ?? '').split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const format = FORMAT_OF[type];
    const weight = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1);
    if (format && weight > (best?.weight ?? 0)) best = { format, weight };
  }
  return best?.format ?? 'json';
}
