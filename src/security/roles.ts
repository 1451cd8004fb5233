export const ROLES = ['caseworker', 'auditor', 'reporter', 'admin'] as const;

export type Role = (typeof ROLES)[number];

/** From the JSON array of a row. */
export const parseRoles = (json: string): Role[] => JSON.parse(json) as Role[];

/** Whoever stands behind a key: a person or a job. */
export interface Principal {
  principalId: string;
  roles: readonly Role[];
}
