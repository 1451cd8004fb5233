import { resolve } from 'node:path';
import { LANGUAGES, type Language } from './reports/documents/words/languages.js';
import {
  SCHEDULABLE,
  whyNotScheduled,
  type SchedulableReport,
  type Wanted,
} from './reports/schedule/schedulable.js';
import { folderFaults } from './security/folder-faults.js';
import { liesUnder } from './security/key-files.js';
import type { Settings } from './settings.js';

/** Reports on a schedule, and where their documents are put. */
export interface ScheduleSettings extends Wanted {
  /** Absolute. */
  folder: string;
  languages: readonly Language[];
}

const DAILY = 'HABEAS_REPORTS_DAILY';
const MONTHLY = 'HABEAS_REPORTS_MONTHLY';
const LANGUAGES_OF = 'HABEAS_REPORTS_LANGUAGES';
const NONE = 'none';

/** Looks at the folder only for a process that writes to it. Undefined: nothing is on schedule. */
export function readSchedule(
  setting: Settings,
  {
    dataDir,
    evidenceDir,
    writes,
    production,
  }: { dataDir: string; evidenceDir: string; writes: boolean; production: boolean },
): ScheduleSettings | undefined {
  const name = 'HABEAS_REPORTS';
  const given = setting.optional(name);
  const daily = reportsIn(setting, DAILY, ['compliance']);
  const monthly = reportsIn(setting, MONTHLY, SCHEDULABLE);
  const languages = [...setting.some(LANGUAGES_OF, LANGUAGES)];
  if (given === undefined) {
    for (const one of [DAILY, MONTHLY, LANGUAGES_OF].filter((other) => setting.optional(other) !== undefined))
      setting.fault(one, `${name} is not set, so nothing would be made`);
    return undefined;
  }
  const folder = resolve(given);
  if (!writes) return { folder, daily, monthly, languages };
  for (const [of, where] of [
    ['HABEAS_DATA', dataDir],
    ['HABEAS_EVIDENCE', evidenceDir],
  ] as const) {
    if (liesUnder(folder, where)) {
      setting.fault(name, `${folder} lies under ${of}, where nobody who hands on reports has any business`);
      return undefined;
    }
  }
  for (const fault of folderFaults(folder, { mustExist: production })) setting.fault(name, fault);
  return { folder, daily, monthly, languages };
}

function reportsIn(
  setting: Settings,
  name: string,
  fallback: readonly SchedulableReport[],
): readonly SchedulableReport[] {
  const text = setting.optional(name);
  if (text === undefined) return fallback;
  if (text === NONE) return [];
  const words = text.split(',').map((word) => word.trim());
  for (const word of words) {
    const why = whyNotScheduled(word);
    if (why !== undefined) setting.fault(name, why);
  }
  return SCHEDULABLE.filter((report) => words.includes(report));
}
