import { accessSync, constants, statSync, type Stats } from 'node:fs';
import { openToOthers } from './key-files.js';

/** What is wrong with a folder that is written to and is not for everybody, in words. One that is not there yet is a fault only if it must exist. */
export function folderFaults(folder: string, { mustExist }: { mustExist: boolean }): string[] {
  const found = lookAt(folder);
  if (found === undefined) return mustExist ? [`${folder} is no folder; it is not made in production`] : [];
  if (!found.isDirectory()) return [`${folder} is no folder`];
  return [
    ...(isWritable(folder) ? [] : [`${folder} cannot be written to`]),
    ...(openToOthers(found) ? [`${folder} is open to every user of the machine (chmod 750)`] : []),
  ];
}

/** What lies under a file is not there, and neither is what may not be looked at. */
function lookAt(folder: string): Stats | undefined {
  try {
    return statSync(folder);
  } catch {
    return undefined;
  }
}

export function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
