import type { ProvenStream } from './bundled-streams.js';

/** A file that lies beside a case, as the case tells of it. The file itself is not in the bundle. */
export interface AttachedFile {
  evidenceId: string;
  /** In hex. */
  sha256: string;
  /** In bytes. */
  size: number;
  mediaType: string;
  stream: string;
  revision: number;
}

export const attachedFilesIn = (streams: readonly ProvenStream[]): AttachedFile[] =>
  streams.flatMap(({ stream, events }) =>
    events.flatMap(({ leaf: { type, revision }, payload }) => {
      if (type !== 'EvidenceAttached') return [];
      const { evidenceId, sha256, size, mediaType } = payload.data as unknown as AttachedFile;
      return [{ evidenceId, sha256, size, mediaType, stream, revision }];
    }),
  );
