import type { ReportContent, Value } from '../../../src/reports/content/content.js';
import type { Reply, Service } from '../service.js';

/** Reads reports over HTTP, with a key of its own if no other is named. */
export class ReportReader {
  constructor(
    private readonly service: Service,
    private readonly key: string,
  ) {}

  ask<T = ReportContent>(
    report: string,
    asked: Record<string, string> = {},
    key = this.key,
  ): Promise<Reply<T>> {
    const query = new URLSearchParams(asked).toString();
    return this.service.request<T>('GET', `/v1/reports/${report}?${query}`, { key });
  }

  async read(report: string, asked?: Record<string, string>, key?: string): Promise<ReportContent> {
    const { status, body, text } = await this.ask(report, asked, key);
    if (status !== 200) throw new Error(`${report} was answered ${status}: ${text}`);
    return body;
  }
}

/** The rows of a table, by the ids of its columns. */
export const rowsOf = ({ sections }: ReportContent, table: string): Record<string, Value>[] =>
  sections.flatMap((section) =>
    section.kind === 'table' && section.id === table
      ? section.rows.map((row) =>
          Object.fromEntries(section.columns.map(({ id }, i): [string, Value] => [id, row[i]!])),
        )
      : [],
  );
