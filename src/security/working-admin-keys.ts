import type { Kysely } from 'kysely';
import type { AccessTables } from './access-tables.js';
import { parseRoles } from './roles.js';

interface WorkingKey {
  keyId: string;
  principalId: string;
}

/** The keys that let an admin in at that instant. There must always be one: without it nobody could let anyone in. */
export async function workingAdminKeys(tables: Kysely<AccessTables>, now: string): Promise<WorkingKey[]> {
  const rows = await tables
    .selectFrom('apiKey')
    .innerJoin('principal', 'principal.principalId', 'apiKey.principalId')
    .select(['keyId', 'principal.principalId', 'roles', 'expiresAt'])
    .where('revokedAt', 'is', null)
    .where('endedAt', 'is', null)
    .execute();
  return rows.filter(
    ({ roles, expiresAt }) => parseRoles(roles).includes('admin') && (expiresAt === null || expiresAt > now),
  );
}

/** Of `exclusively`: one after the other, lest two admins, each the other's last companion, go together. */
export const TAKING_AWAY = 'revoking';
