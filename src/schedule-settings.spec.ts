import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SettingsFolder } from '../test/support/settings-folder.js';
import { readConfig } from './config.js';
import type { Environment } from './settings.js';

let at: SettingsFolder;
let folder: string;
beforeEach(() => {
  at = new SettingsFolder();
  folder = at.folder;
});
afterEach(() => at.remove());

const usual = (): Environment => at.usual();
const faultsOf = (env: Environment): readonly string[] => at.faultsOf(env);

describe('reports on a schedule', () => {
  const place = (): string => join(folder, 'reports');

  it('are none without a folder for them', () => {
    expect(readConfig(usual()).schedule).toBeUndefined();
    expect(faultsOf({ HABEAS_REPORTS_DAILY: 'compliance', HABEAS_REPORTS_LANGUAGES: 'en' })).toEqual([
      'HABEAS_REPORTS_DAILY: HABEAS_REPORTS is not set, so nothing would be made',
      'HABEAS_REPORTS_LANGUAGES: HABEAS_REPORTS is not set, so nothing would be made',
    ]);
  });

  it('are in all languages those that may be published, unless others are chosen', () => {
    expect(readConfig({ ...usual(), HABEAS_REPORTS: place() }).schedule).toEqual({
      folder: place(),
      daily: ['compliance'],
      monthly: ['monthly', 'articles', 'due-process', 'compliance'],
      languages: ['en', 'ru', 'be'],
    });
    const env = {
      HABEAS_REPORTS: place(),
      HABEAS_REPORTS_DAILY: 'none',
      HABEAS_REPORTS_MONTHLY: 'due-process, monthly',
      HABEAS_REPORTS_LANGUAGES: 'be',
    };
    expect(readConfig({ ...usual(), ...env }).schedule).toMatchObject({
      daily: [],
      monthly: ['monthly', 'due-process'],
      languages: ['be'],
    });
  });

  it.each([
    [
      { HABEAS_REPORTS_DAILY: 'detainees' },
      /DAILY: "detainees" names persons or lists cases, and is never published/,
    ],
    [{ HABEAS_REPORTS_MONTHLY: 'monthly,campaign' }, /MONTHLY: "campaign" is about one campaign/],
    [{ HABEAS_REPORTS_MONTHLY: 'yearly' }, /MONTHLY: "yearly" is no report; on a schedule can be monthly, /],
    [{ HABEAS_REPORTS_LANGUAGES: 'de' }, /LANGUAGES: "de" is none of en, ru, be/],
  ])('are refused with %j', (env, fault) => {
    expect(faultsOf({ HABEAS_REPORTS: place(), ...env })).toEqual([expect.stringMatching(fault)]);
  });

  it("go to a folder that is nobody else's, and where nobody else has any business", () => {
    for (const under of ['data', 'data/reports', 'data/evidence'])
      expect(faultsOf({ HABEAS_REPORTS: join(folder, under) })).toEqual([
        expect.stringContaining('lies under HABEAS_DATA'),
      ]);
    expect(faultsOf({ HABEAS_EVIDENCE: place(), HABEAS_REPORTS: place() })).toEqual([
      expect.stringContaining('lies under HABEAS_EVIDENCE'),
    ]);
    expect(faultsOf({ HABEAS_REPORTS: join(folder, 'master.key') })).toEqual([
      expect.stringContaining('is no folder'),
    ]);
    mkdirSync(place(), { mode: 0o750 });
    expect(faultsOf({ HABEAS_REPORTS: place() })).toEqual([]);
    chmodSync(place(), 0o755);
    expect(faultsOf({ HABEAS_REPORTS: place() })).toEqual([
      expect.stringContaining('is open to every user of the machine'),
    ]);
    // What does not take requests writes nothing there.
    expect(faultsOf({ HABEAS_REPORTS: place(), HABEAS_ROLES: 'projector' })).toEqual([]);
  });

  it('go in production to a folder that is there', () => {
    expect(faultsOf({ HABEAS_REPORTS: place(), NODE_ENV: 'production' })).toEqual([
      `HABEAS_REPORTS: ${place()} is no folder; it is not made in production`,
    ]);
  });
});
