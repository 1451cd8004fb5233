import { randomUUID } from 'node:crypto';
import type { ProblemBody } from './problem.js';
import type { Reply, Service } from './service.js';

export interface Recorded {
  caseId: string;
  revision: number;
  position: string;
  events: { eventId: string; type: string }[];
  ids: Partial<Record<string, string>>;
}

/** A problem document with the members that this refusal adds. */
export type Refused = ProblemBody & Readonly<Record<string, unknown>>;

export interface HistoryEvent {
  eventId: string;
  type: string;
  revision: number;
  data: Record<string, unknown>;
  [envelope: string]: unknown;
}

/** A service that a caseworker can talk to, wherever it runs. */
type Reachable = Pick<Service, 'request' | 'keyFor'>;

type Headers = Readonly<Record<string, string>>;

/** Somebody with a caseworker's key, who works over HTTP. */
export class Caseworker {
  private constructor(
    private readonly service: Reachable,
    readonly key: string,
  ) {}

  static async of(service: Reachable): Promise<Caseworker> {
    return new Caseworker(service, await service.keyFor('caseworker'));
  }

  static with(service: Reachable, key: string): Caseworker {
    return new Caseworker(service, key);
  }

  /** One more person. */
  static async joining(service: Reachable): Promise<Caseworker> {
    const person = await service.request<{ principalId: string }>('POST', '/v1/principals', {
      body: { label: 'a colleague', roles: ['caseworker'] },
    });
    const key = await service.request<{ key: string }>('POST', '/v1/keys', {
      body: { principalId: person.body.principalId },
    });
    return new Caseworker(service, key.body.key);
  }

  /** The same person at a service that was started anew. */
  at(service: Reachable): Caseworker {
    return new Caseworker(service, this.key);
  }

  /** Sends a command; `path` is below `/v1/cases`. */
  send<T = Recorded>(path: string, body: unknown, headers: Headers = {}): Promise<Reply<T>> {
    return this.service.request<T>('POST', `/v1/cases${path}`, { body, headers, key: this.key });
  }

  /** Sends a command that must be taken. */
  async record(path: string, body: unknown, headers: Headers = {}): Promise<Recorded> {
    const reply = await this.send(path, body, headers);
    if (reply.status !== 201) throw new Error(`${path} was answered ${reply.status}: ${reply.text}`);
    return reply.body;
  }

  async open(name = 'Somebody'): Promise<string> {
    return (await this.record('', { person: { names: [{ form: name }], roles: ['protester'] } })).caseId;
  }

  /** Opens the case of somebody who was arrested on 24 February 2020 and sentenced to 15 days on the next. */
  async openServing(name = 'Somebody'): Promise<{ caseId: string; position: string }> {
    const caseId = await this.open(name);
    await this.record(`/${caseId}/arrests`, { at: '2020-02-24' });
    return this.record(`/${caseId}/sentences`, { at: '2020-02-25', days: 15 });
  }

  get<T = Record<string, unknown>>(path: string, headers: Headers = {}): Promise<Reply<T>> {
    return this.service.request<T>('GET', path, { headers, key: this.key });
  }

  async history(caseId: string): Promise<HistoryEvent[]> {
    return (await this.get<{ items: HistoryEvent[] }>(`/v1/cases/${caseId}/events`)).body.items;
  }
}

export const newId = (): string => randomUUID();

/** Makes a question wait for the write that gave this position. */
export const since = (position: string): string => `minPosition=${encodeURIComponent(position)}`;
