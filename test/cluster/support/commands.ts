/** A command that may be sent as often as need be. */
export interface Command {
  caseId: string;
  key: string;
  path: string;
  body: object;
  size: number;
  ifRevision?: number;
}

export const opening = (caseId: string): Command => ({
  caseId,
  key: `open.${caseId}`,
  path: '',
  body: { caseId, person: { names: [{ form: 'Somebody' }], roles: ['protester'] } },
  size: 1,
});

export const note = (caseId: string, key: string): Command => ({
  caseId,
  key,
  path: `/${caseId}/notes`,
  body: { text: `what ${key} has seen` },
  size: 1,
});

/** Three events that stand together or not at all. */
export const decision = (caseId: string, key: string): Command => ({
  caseId,
  key,
  path: `/${caseId}/decisions`,
  body: {
    outcome: 'penalised',
    penalties: [
      { kind: 'sentence', days: 5 },
      { kind: 'fine', baseUnits: 20 },
    ],
  },
  size: 3,
});
