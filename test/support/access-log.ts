import { randomUUID } from 'node:crypto';
import { eventually } from './eventually.js';
import type { Service } from './service.js';

export interface LogEntry {
  entryId: string;
  at: string;
  principalId: string;
  type: string;
  route: string;
  caseIds: string[];
  correlationId: string;
  fields?: string;
  status?: number;
  code?: string;
  purpose?: string | { erased: true };
}

interface LogPage {
  items: LogEntry[];
  next: string | null;
}

/** The access log as an auditor reads it. Each look is put on record too; these entries are left out. */
export class Auditor {
  private constructor(
    private readonly service: Pick<Service, 'request'>,
    readonly key: string,
  ) {}

  static async of(service: Pick<Service, 'request' | 'keyFor'>): Promise<Auditor> {
    return new Auditor(service, await service.keyFor('auditor'));
  }

  page(query = ''): ReturnType<typeof this.service.request<LogPage>> {
    return this.service.request<LogPage>('GET', `/v1/access-log${query}`, { key: this.key });
  }

  /** The latest first. */
  async entries(query = ''): Promise<LogEntry[]> {
    const { status, body, text } = await this.page(query);
    if (status !== 200) throw new Error(`the log was answered ${status}: ${text}`);
    return body.items.filter(({ type }) => type !== 'AccessLogRead');
  }

  /** What a request leaves in the log. */
  async entryOf(
    request: (headers: Record<string, string>) => Promise<{ status: number }>,
  ): Promise<LogEntry> {
    const id = randomUUID();
    await request({ 'x-correlation-id': id });
    return this.of(id);
  }

  /** Waits for what the request with this correlation id has left. */
  of(correlationId: string): Promise<LogEntry> {
    return eventually(async () => {
      const found = (await this.entries('?limit=200')).find((entry) => entry.correlationId === correlationId);
      return found ?? false;
    }) as Promise<LogEntry>;
  }
}
