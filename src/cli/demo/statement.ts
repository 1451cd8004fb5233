import { readFileSync } from 'node:fs';
import type { Api } from '../api.js';
import type { ImportLine } from '../import/import-line.js';
import { FileIds } from '../import/references.js';
import { commandOf } from '../import/routes.js';
import { Sending } from '../import/sending.js';

/** The day the statement was published, at the latest. */
export const STATEMENT_DATE = '2020-02-07';

interface StatementFile {
  cases: { id: string; commands: { post: string; body: Record<string, unknown> }[] }[];
}

export interface SentStatement {
  facts: number;
  /** By the labels of its people, in its order. */
  caseIds: Map<string, string>;
  /** Whoever asks for it as `minPosition` sees all of it. */
  position: string;
}

/** Sends what the statement says as facts. */
export async function sendStatement(api: Api): Promise<SentStatement> {
  const file = readFileSync(new URL('./statement-2020-02.json', import.meta.url));
  const { cases } = JSON.parse(file.toString()) as StatementFile;
  const ids = new FileIds(file);
  const commands = cases.flatMap(({ id, commands: ofCase }) =>
    ofCase.map((command) => ({ label: id, ...command })),
  );
  const lines = commands.map(({ label, post, body }, place): ImportLine => {
    const command = commandOf(post);
    if (!command) throw new Error(`${post} is no command`);
    return { line: place + 1, label, ...command, body };
  });
  const { recorded, refused, position } = await new Sending(api, ids, () => undefined).send(lines);
  if (refused[0])
    throw new Error(`fact ${refused[0].line} of the statement was refused: ${refused[0].reason}`);
  return { facts: recorded, caseIds: new Map(cases.map(({ id }) => [id, ids.caseId(id)])), position };
}
