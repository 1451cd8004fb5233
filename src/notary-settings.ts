import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isWritable } from './security/folder-faults.js';
import { liesUnder, keyFaults } from './security/key-files.js';
import type { Settings } from './settings.js';

/** Looks at the file only for a process that signs: no other is given it. */
export function readNotaryKeyFile(
  setting: Settings,
  {
    dataDir,
    masterKeyFile,
    signs,
    production,
  }: { dataDir: string; masterKeyFile: string; signs: boolean; production: boolean },
): string {
  const name = 'HABEAS_NOTARY_KEY_FILE';
  const given = setting.optional(name);
  const file = resolve(given ?? join(dirname(masterKeyFile), 'notary.key'));
  if (!signs) return file;
  if (file === masterKeyFile) setting.fault(name, `${file} is the master key; who signs is given another`);
  // Beside a master key that lies there it is that one's fault, and told of.
  if (given !== undefined && liesUnder(file, dataDir)) {
    setting.fault(name, `${file} lies under HABEAS_DATA: whoever puts back older data would sign them`);
  }
  for (const fault of keyFaults(file, { mustExist: production })) setting.fault(name, fault);
  if (production && existsSync(file) && !isWritable(dirname(file))) {
    setting.fault(name, `${dirname(file)} cannot be written to, and what was signed last could not be kept`);
  }
  return file;
}
