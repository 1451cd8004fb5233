import type { ReportContent } from '../../../src/reports/content/content.js';
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
