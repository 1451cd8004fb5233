export const CASE_STREAMS = 'case-';

export const streamOf = (caseId: string): string => CASE_STREAMS + caseId;

export const caseIdOf = (stream: string): string => stream.slice(CASE_STREAMS.length);
