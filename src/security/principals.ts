import { Injectable } from '@nestjs/common';
import type { CompiledQuery, Kysely } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../clock.js';
import { exclusively } from '../database/exclusively.js';
import { prepared } from '../database/prepared.js';
import { HabeasError } from '../errors.js';
import { AccessDatabase } from './access-database.js';
import type { AccessTables } from './access-tables.js';
import { Labels } from './labels.js';
import { parseRoles, type Principal, type Role } from './roles.js';
import { TAKING_AWAY, workingAdminKeys } from './working-admin-keys.js';

/** Who somebody is to the issuer of access tokens. */
export interface Identity {
  issuer: string;
  subject: string;
}

export interface PrincipalEntry {
  principalId: string;
  label: string;
  roles: Role[];
  createdAt: string;
  oidc: Identity | null;
  ended: string | null;
}

interface Registration {
  oidc?: Identity;
  /** The transaction this is part of, if any. */
  tables?: Kysely<AccessTables>;
}

type DoorRow = Pick<AccessTables['principal'], 'principalId' | 'roles'>;

/**
 * The people and jobs that may come in, with keys or with the tokens of an identity. What a call has answered is on disk, and
 * every call reads what is there.
 */
@Injectable()
export class Principals {
  readonly #byIdentity: CompiledQuery<DoorRow>;

  constructor(
    private readonly database: AccessDatabase,
    private readonly labels: Labels,
    private readonly clock: Clock,
  ) {
    this.#byIdentity = prepared(
      database.tables
        .selectFrom('principal')
        .select(['principalId', 'roles'])
        .where('oidcIssuer', '=', '')
        .where('oidcSubject', '=', '')
        .where('endedAt', 'is', null)
        .compile(),
    );
  }

  /** Refused (`identity-taken`) if the identity is that of another principal who has not ended. */
  async add(label: string, roles: readonly Role[], registration: Registration = {}): Promise<PrincipalEntry> {
    const { oidc, tables = this.database.tables } = registration;
    const principalId = uuidv7();
    const row = {
      principalId,
      label: '',
      sealedLabel: this.labels.seal(principalId, label),
      roles: JSON.stringify([...new Set(roles)]),
      createdAt: this.#now(),
      oidcIssuer: oidc?.issuer ?? null,
      oidcSubject: oidc?.subject ?? null,
      endedAt: null,
    };
    const added = await tables
      .insertInto('principal')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returning('principalId')
      .executeTakeFirst();
    if (!added) throw identityTaken();
    return this.#toEntry(row);
  }

  async list(): Promise<PrincipalEntry[]> {
    const rows = await this.database.tables
      .selectFrom('principal')
      .selectAll()
      .orderBy('principalId')
      .execute();
    return rows.map((row) => this.#toEntry(row));
  }

  /** Whose identity it is now, with the roles of this moment; nobody's once that principal has ended. */
  async of({ issuer, subject }: Identity): Promise<Principal | undefined> {
    const query: CompiledQuery<DoorRow> = { ...this.#byIdentity, parameters: [issuer, subject] };
    const { rows } = await this.database.tables.executeQuery(query);
    const row = rows[0];
    return row && { principalId: row.principalId, roles: parseRoles(row.roles) };
  }

  /** At once and for good; to end one again changes nothing. Whoever has the last working admin key stays. */
  async end(principalId: string): Promise<void> {
    await exclusively(this.database.tables, TAKING_AWAY, async (tables) => {
      const row = await tables
        .selectFrom('principal')
        .select('endedAt')
        .where('principalId', '=', principalId)
        .executeTakeFirst();
      if (!row) throw new HabeasError('absent', 'principal-not-found', 'there is no such principal');
      if (row.endedAt !== null) return;
      const adminKeys = await workingAdminKeys(tables, this.#now());
      if (adminKeys.length > 0 && adminKeys.every((key) => key.principalId === principalId)) {
        throw new HabeasError(
          'refused',
          'last-admin-key',
          'this principal has the last working admin key: give another admin one first',
        );
      }
      await tables
        .updateTable('principal')
        .set({ endedAt: this.#now() })
        .where('principalId', '=', principalId)
        .execute();
    });
  }

  #toEntry(row: AccessTables['principal']): PrincipalEntry {
    const { principalId, sealedLabel, roles, createdAt, oidcIssuer, oidcSubject, endedAt } = row;
    const label = sealedLabel ? this.labels.open(principalId, sealedLabel) : row.label;
    const oidc =
      oidcIssuer === null || oidcSubject === null ? null : { issuer: oidcIssuer, subject: oidcSubject };
    return { principalId, label, roles: parseRoles(roles), createdAt, oidc, ended: endedAt };
  }

  #now(): string {
    return this.clock.now().toISOString();
  }
}

function identityTaken(): HabeasError {
  return new HabeasError(
    'refused',
    'identity-taken',
    'another principal has this identity: end that one first',
  );
}
