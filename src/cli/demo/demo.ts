import type { CaseAnswerDto } from '../../cases/http/answers/case-answer.dto.js';
import type { RecordedFact } from '../../cases/domain/facts/facts.js';
import { LawBook } from '../../cases/law-book.js';
import { Api } from '../api.js';
import type { Terminal } from '../terminal.js';
import { startDemoService, type DemoService } from './demo-service.js';
import { overview, summary } from './overview.js';
import { replay } from './replay.js';
import { reported } from './reported.js';
import { sendStatement, STATEMENT_DATE } from './statement.js';
import { sendBeside } from './statement-beside.js';

const REPLAYED = 'kazlou';

/** Shows the people of the statement on a service of its own, which goes on, if that is wanted, until it is interrupted. */
export async function demo(terminal: Terminal, keepsRunning: boolean): Promise<void> {
  const { law } = LawBook.of('BY');
  const service = await startDemoService(terminal, law.timeZone);
  try {
    const api = new Api(service.url, service.keys.caseworker);
    const { facts, caseIds } = await sendStatement(api);
    const position = await sendBeside(api);
    terminal.say(`${facts} facts of the statement went in over HTTP at ${service.url}.`);

    const cases: CaseAnswerDto[] = [];
    for (const caseId of caseIds.values()) {
      cases.push(
        await api.get<CaseAnswerDto>(`/v1/cases/${caseId}?asOf=${STATEMENT_DATE}&minPosition=${position}`),
      );
    }
    const { items: history } = await api.get<{ items: RecordedFact[] }>(
      `/v1/cases/${caseIds.get(REPLAYED)}/events`,
    );
    const replayed =
      cases.find(({ caseId }) => caseId === caseIds.get(REPLAYED))?.person.names[0]?.form ?? REPLAYED;
    terminal.out(`\n${terminal.bold(`The five people of the statement, as of ${STATEMENT_DATE}`)}`);
    terminal.out(overview(cases));
    terminal.out(summary(cases));
    terminal.out(
      `\n${terminal.bold(`${replayed}, fact by fact: what the answer for ${STATEMENT_DATE} was after each`)}`,
    );
    terminal.out(replay(history, STATEMENT_DATE, law));
    terminal.out(`\n${terminal.bold(`What reports say of them, as of ${STATEMENT_DATE}`)}`);
    terminal.out(await reported(new Api(service.url, service.keys.reporter), STATEMENT_DATE, position));
    if (keepsRunning) await untilInterrupted(terminal, service);
  } finally {
    await service.end();
  }
}

async function untilInterrupted(terminal: Terminal, { url, keys }: DemoService): Promise<void> {
  terminal.out(`\n${terminal.bold('The service goes on')} at ${url} (the API to read and try: ${url}/docs)`);
  for (const [role, key] of Object.entries(keys)) terminal.out(`  ${role.padEnd(10)}  ${key}`);
  terminal.out(`\n  curl -s ${url}/v1/cases?name=Казлоў -H 'Authorization: Bearer ${keys.caseworker}'`);
  terminal.out('\nCtrl-C ends it and throws away what it stored.');
  await new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}
