import type { FastifyRequest } from 'fastify';

/** The reads that are kept on record, by the name of their event. */
export const READ_TYPES = [
  'CaseRead',
  'CaseHistoryRead',
  'SimilarCasesRead',
  'CasesListed',
  'CasesSearched',
  'HearingsListed',
  'ReleasesListed',
  'AccessLogRead',
  'ErasuresListed',
  'EvidenceRead',
  'CaseExported',
  'ReportRead',
  'RegisterHistoryRead',
] as const;

export type ReadType = (typeof READ_TYPES)[number];

/**
 * What of a case a caller was shown: all there is; who it is about (names and roles); what an auditor sees (ids, codes, dates,
 * amounts); or nothing of any case.
 */
export const SHOWN_FIELDS = ['all', 'person', 'masked', 'none'] as const;

export interface Shown {
  cases: readonly { caseId: string; mergedFrom?: readonly string[] }[];
  fields: (typeof SHOWN_FIELDS)[number];
  /** The file of a case that it was. */
  evidenceId?: string;
}

/** What a route says of its answers. */
export interface LogRule {
  type: ReadType;
  shown: (answer: unknown) => Shown;
}

export interface RefusedAnswer {
  status: number;
  code: string;
}

/** Keeps on record who was shown what, and who was refused. Asked before the answer leaves; if it rejects, nothing of that leaves. */
export abstract class AccessJournal {
  abstract shown(request: FastifyRequest, rule: LogRule, answer: unknown): Promise<void>;
  abstract refused(request: FastifyRequest, answer: RefusedAnswer): Promise<void>;
}
