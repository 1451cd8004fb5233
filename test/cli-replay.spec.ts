import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { habeas } from '../src/cli/habeas.js';
import type { RunningService } from '../src/serve.js';
import { Caseworker, newId } from './support/caseworker.js';
import { aDesk, type Desk } from './support/desk.js';
import { send, type RequestOptions } from './support/service.js';

jest.setTimeout(60_000);

let desk: Desk;
let service: RunningService;
let caseworker: Caseworker;
let caseId: string;

beforeAll(async () => {
  desk = await aDesk();
  service = await desk.serve();
  const { out: key } = await desk.run('keys', 'create', '--label', 'Desk', '--role', 'caseworker');
  const request = <T>(method: string, path: string, options: RequestOptions = {}) =>
    send<T>(service.url, method, path, { key, ...options });
  caseworker = Caseworker.with({ request, keyFor: async () => key }, key);
  caseId = await caseworker.open('Dzmitry Kazlou');
  await caseworker.record(`/${caseId}/arrests`, { at: '2019-12-25' });
  const { events } = await caseworker.record(`/${caseId}/sentences`, { at: '2019-12-26', days: 15 });
  const eventId = events.at(-1)!.eventId;
  await caseworker.record(`/${caseId}/voids`, { eventId, reason: 'duplicate' });
});

afterAll(async () => {
  await service.stop();
  await desk.clear();
});

describe('habeas replay', () => {
  it('shows each event with what it changed, all at once where nobody sits', async () => {
    const { code, out } = await desk.run('replay', caseId, '--as-of', '2020-01-08');
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe(`Case ${caseId}, 5 steps, as of 2020-01-08`);
    const steps = out.split('\n\n').slice(1);
    expect(steps.map((step) => step.split('  ')[1])).toEqual([
      'case opened',
      'arrested',
      'decision rendered',
      'sentenced',
      'event voided',
    ]);
    expect(steps[0]).toContain('+ person names Dzmitry Kazlou');
    expect(steps[1]).toContain('~ custody status: not determinable → in custody undecided');
    expect(steps[3]).toContain('voided since by step 5');
    expect(steps[3]).toContain('~ totals days imposed gross: 0 → 15');
    expect(steps[4]).toMatch(/event id: step 4\n[^]*- penalties step 4: /);
    expect(steps[4]).toContain('~ totals days imposed gross: 15 → 0');
  });

  it('waits for Enter before each further step where somebody sits, and ends when he has enough', async () => {
    const shown = async (...args: string[]): Promise<{ steps: number; waits: number }> => {
      let [steps, waits] = [0, 0];
      const terminal = {
        ...desk.terminal,
        out: (text: string) => void (steps += /^\n\d\/5 /.test(text) ? 1 : 0),
        next: async () => (waits += 1) < 3,
      };
      expect(await habeas(['replay', caseId, ...args], terminal)).toBe(0);
      return { steps, waits };
    };
    expect(await shown()).toEqual({ steps: 3, waits: 3 });
    expect(await shown('--all')).toEqual({ steps: 5, waits: 0 });
  });

  it('marks what comes and what goes', async () => {
    const out: string[] = [];
    const terminal = {
      ...desk.terminal,
      out: (text: string) => void out.push(text),
      added: (text: string) => `<in>${text}</in>`,
      removed: (text: string) => `<out>${text}</out>`,
    };
    await habeas(['replay', caseId, '--as-of', '2020-01-08'], terminal);
    expect(out.join('\n')).toContain(
      '~ custody status: <out>not determinable</out> → <in>in custody undecided</in>',
    );
    expect(out.join('\n')).toMatch(/<out>- penalties step 4: .*<\/out>/);
  });

  it('goes from page to page', async () => {
    const long = await caseworker.open('Somebody');
    for (let n = 0; n < 21; n++) await caseworker.record(`/${long}/notes`, { text: `note ${n}` });
    const { out } = await desk.run('replay', long);
    expect(out).toContain('\n22/22  note added');
    expect(out).toContain('text: note 20');
    expect(out.match(/= changes nothing/g)).toHaveLength(21);
  });

  it('shows what an auditor sees, also of a case that is restricted to others', async () => {
    const { body } = await caseworker.get<{ items: { recordedBy: string }[] }>(`/v1/cases/${caseId}/events`);
    const to = [body.items[0]!.recordedBy];
    await caseworker.record(`/${caseId}/restrictions`, { to, reason: 'threats' });
    expect((await desk.run('replay', caseId)).said).toContain('case-not-found');
    const { code, out } = await desk.run('replay', caseId, '--masked');
    expect({ code, named: out.includes('Kazlou') }).toEqual({ code: 0, named: false });
    expect(out).toContain(', masked');
    expect(out).toContain('6/6  case restricted');
  });

  it('tells what the service refuses', async () => {
    expect(await desk.run('replay', newId())).toMatchObject({
      code: 1,
      said: expect.stringContaining('case-not-found'),
    });
    expect((await desk.run('replay', caseId, '--as-of', '2020-02-30')).said).toContain('/query/asOf');
  });
});
