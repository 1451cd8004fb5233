import { EventStore, type StoredEvent } from '../../src/event-store/event-store.js';
import { REGISTER_STREAMS } from '../../src/register/register-stream.js';
import { FixedClock } from './fixed-clock.js';
import { startService, type Reply, type Service } from './service.js';
import { everything } from './store-events.js';

export interface RecordedInRegister {
  revision: number;
  position: string;
  events: { eventId: string; type: string }[];
  ids: Record<string, string>;
}

export interface CampaignAnswer {
  campaignId: string;
  name: string;
  revision: number;
  waves: CampaignAnswer[];
}

export const statement = {
  citation: 'the statement of 7 February 2020',
  kind: 'organisation',
  confidential: false,
};
export const over150 = {
  quantity: { op: 'gt', value: 150, word: 'over 150 people' },
  unit: 'persons',
  predicate: 'charged_and_fined',
  period: '2019-11/2020-01',
  estimator: 'local human rights defenders',
  relayedBy: 'the statement',
  asOf: '2020-02-07',
  sources: [statement],
};

/** A caseworker who records campaigns, estimates and recommendations over HTTP, one a minute. */
export class RegisterDesk {
  readonly clock = new FixedClock('2020-02-10T09:00:00.000Z');
  service!: Service;
  key = '';

  /** On the data that this desk had before, if it is started again in the same folder. */
  async start(folder?: string): Promise<void> {
    this.service = await startService({ clock: this.clock, ...(folder !== undefined && { folder }) });
    this.key = await this.service.keyFor('caseworker');
  }

  send<T = RecordedInRegister>(
    path: string,
    body: object,
    headers: Record<string, string> = {},
  ): Promise<Reply<T>> {
    return this.service.request<T>('POST', `/v1/${path}`, { body, headers, key: this.key });
  }

  /** Sends what must be taken. */
  async record(path: string, body: object): Promise<RecordedInRegister> {
    const { status, body: answer, text } = await this.send(path, body);
    if (status !== 201) throw new Error(`${path} was answered ${status}: ${text}`);
    this.clock.forward(60);
    return answer;
  }

  async get<T>(path: string, key = this.key): Promise<T> {
    const { status, body, text } = await this.service.request<T>('GET', `/v1/${path}`, { key });
    if (status !== 200) throw new Error(`${path} was answered ${status}: ${text}`);
    return body;
  }

  async campaigns(asked = ''): Promise<CampaignAnswer[]> {
    return (await this.get<{ items: CampaignAnswer[] }>(`campaigns${asked}`)).items;
  }

  stored(): Promise<StoredEvent[]> {
    return everything(this.service.app.get(EventStore), undefined, { prefixes: [...REGISTER_STREAMS] });
  }

  /** Of what stands in these streams: a refusal is put on record elsewhere. */
  async head(): Promise<string | undefined> {
    return (await this.stored()).at(-1)?.position;
  }
}
