import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../clock.js';
import { AccessDatabase } from './access-database.js';
import type { AccessTables } from './access-tables.js';
import { parseRoles, type Role } from './roles.js';

export interface PrincipalEntry {
  principalId: string;
  label: string;
  roles: Role[];
  createdAt: string;
}

/** The people and jobs that may be given keys. What a call has answered is on disk. */
@Injectable()
export class Principals {
  constructor(
    private readonly database: AccessDatabase,
    private readonly clock: Clock,
  ) {}

  /** `tables`: the transaction this is part of, if any. */
  async add(
    label: string,
    roles: readonly Role[],
    tables: Kysely<AccessTables> = this.database.tables,
  ): Promise<PrincipalEntry> {
    const createdAt = this.clock.now().toISOString();
    const entry = { principalId: uuidv7(), label, roles: [...new Set(roles)], createdAt };
    await tables
      .insertInto('principal')
      .values({ ...entry, roles: JSON.stringify(entry.roles) })
      .execute();
    return entry;
  }

  async list(): Promise<PrincipalEntry[]> {
    const rows = await this.database.tables
      .selectFrom('principal')
      .selectAll()
      .orderBy('principalId')
      .execute();
    return rows.map((row) => ({ ...row, roles: parseRoles(row.roles) }));
  }
}
