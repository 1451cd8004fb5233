import type { ProvenCase } from '../../evidence/verify-bundle.js';

/** What was checked, for somebody who is no programmer. `checked`: what was found of files that came with it. */
export function bundleInWords(proven: ProvenCase, isKnown: boolean, checked: readonly string[]): string[] {
  const { caseId, mergedFrom, events, exportedAt, checkpoint, signedBy, isOriginKnown, erased } = proven;
  return [
    `PROVEN: case ${caseId}${mergedFrom.length > 0 ? `, with ${mergedFrom.join(', ')}, which are part of it` : ''}`,
    `- ${events} events, from the first one to the export of ${exportedAt}: none is missing, altered or out of its place.`,
    `- Each of them stands in the log "${checkpoint.origin}" of ${checkpoint.size} events, which ${signedBy} has signed.`,
    ...(isKnown ? ['- That log begins with the one whose checkpoint you have kept.'] : []),
    ...proven.files.map(
      ({ evidenceId, mediaType, size, sha256 }) =>
        `- It has the file ${evidenceId} (${mediaType}, ${size} bytes): what has the SHA-256 ${sha256} is that file.`,
    ),
    ...checked,
    ...erased.map(
      ({ stream, revision, type, fields, erasedAt, certificate }) =>
        `- Erased on ${erasedAt}, and for good: ${fields.join(', ')} of event ${revision} (${type}) of ${stream}. ` +
        `Somebody asked that the person's data be erased, and the key to them was destroyed: event ${certificate.revision} of ${certificate.stream}.`,
    ),
    ...(isOriginKnown
      ? []
      : [
          'NOT CHECKED: who signed. The key came with the file; a forger would have put his own there. Give --key.',
        ]),
    'What is sealed stays sealed: names and texts are proven to be unaltered, not shown.',
  ];
}
