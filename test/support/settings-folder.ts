import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, StartRefused } from '../../src/config.js';
import type { Environment } from '../../src/settings.js';

/** Where a test of settings keeps what they name: the keys of a service are in it. */
export class SettingsFolder {
  readonly folder = mkdtempSync(join(tmpdir(), 'habeas-config-'));

  constructor() {
    for (const key of ['master.key', 'notary.key'])
      writeFileSync(join(this.folder, key), Buffer.alloc(32), { mode: 0o600 });
  }

  /** Settings with which a service starts. */
  usual(): Environment {
    return {
      HABEAS_MASTER_KEY_FILE: join(this.folder, 'master.key'),
      HABEAS_DATA: join(this.folder, 'data'),
    };
  }

  /** What keeps it from starting when these are set on top. */
  faultsOf(env: Environment): readonly string[] {
    try {
      readConfig({ ...this.usual(), ...env });
      return [];
    } catch (error) {
      if (!(error instanceof StartRefused)) throw error;
      return error.faults;
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
