import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { exclusively } from '../database/exclusively.js';
import { AccessDatabase } from './access-database.js';
import { mintApiKey, parseApiKey, type ApiKey } from './api-key.js';
import { ApiKeys } from './api-keys.js';
import { writeSecret } from './key-files.js';
import { Principals } from './principals.js';

export interface FirstAdmin {
  key: string;
  /** Where the key was left; undefined if it came from HABEAS_ADMIN_KEY_FILE. */
  file: string | undefined;
}

/** There is no default password: the first start makes a key, and this is the only moment it can be seen. */
@Injectable()
export class FirstAdminKey {
  constructor(
    private readonly config: Config,
    private readonly database: AccessDatabase,
    private readonly principals: Principals,
    private readonly keys: ApiKeys,
  ) {}

  /** `undefined` on every start but the first. */
  async admit(): Promise<FirstAdmin | undefined> {
    const { adminKeyFile, dataDir } = this.config;
    if (adminKeyFile !== undefined) {
      const key = readKey(adminKeyFile);
      const first = await this.#register(key, () => undefined);
      return first ? { key: key.text, file: undefined } : undefined;
    }
    const key = mintApiKey();
    const file = join(dataDir, 'first-admin-key');
    const first = await this.#register(key, () => writeSecret(file, `${key.text}\n`));
    return first ? { key: key.text, file } : undefined;
  }

  /**
   * Does so if there is no principal at all; of two processes starting at once one does. `keep` is called before it is
   * final: were the key written down afterwards, a crash in between would lock everyone out.
   */
  #register(key: ApiKey, keep: () => void): Promise<boolean> {
    return exclusively(this.database.tables, 'first admin', async (tables) => {
      if (await tables.selectFrom('principal').select('principalId').executeTakeFirst()) return false;
      const { principalId } = await this.principals.add('first admin', ['admin'], { tables });
      await this.keys.register(key, principalId, tables);
      keep();
      return true;
    });
  }
}

function readKey(file: string): ApiKey {
  const key = parseApiKey(readFileSync(file, 'utf8').trim());
  if (!key) throw new Error(`${file} holds no API key`);
  return key;
}
