import { randomUUID } from 'node:crypto';
import gossipServices from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import featuresServices from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streamsServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { batchAppendHandler, type BatchStream } from './batch-append.js';
import { injectedError, type LeaderEndpoint } from './call-errors.js';
import { deleteHandler, tombstoneHandler } from './deleting.js';
import { DoubleData } from './double-data.js';
import { Faults, type CallError } from './faults.js';
import { gossipHandler, type Member } from './gossip.js';
import { HOST, Listening } from './listening.js';
import type { OneWrite } from './one-write.js';
import type { Outlet } from './outlet.js';
import { readHandler } from './reading.js';
import { featuresHandler } from './server-features.js';
import type { Credentials, ServerNode } from './server-node.js';
import { Traffic } from './traffic.js';
import { unaryAppendHandler } from './unary-append.js';

export interface EventStoreDoubleOptions {
  /** Absent: a free one. */
  port?: number;
  /** Absent: an empty log. */
  data?: DoubleData;
  /** PEM; absent: no TLS. */
  tls?: { key: string; cert: string };
  /** False: it knows the unary append alone. */
  batchAppend?: boolean;
  /** Asked for on every call that reads or writes; the client sends them over TLS only. */
  credentials?: Credentials;
  /** Bytes that one append may hold. */
  maxAppendSize?: number;
}

const DEFAULT_MAX_APPEND_SIZE = 1024 * 1024;
const MAX_MESSAGE = 17 * 1024 * 1024;
const asItIs = (bytes: Buffer): Buffer => bytes;
const asOneBuffer = (write: OneWrite): Buffer => write as unknown as Buffer;
/** What is sent most often is ready to be sent: events lie in the log in the form in which they are read. */
const STREAMS = {
  ...streamsServices.StreamsService,
  read: { ...streamsServices.StreamsService.read, responseSerialize: asOneBuffer },
  batchAppend: { ...streamsServices.StreamsService.batchAppend, responseSerialize: asItIs },
};

/**
 * EventStoreDB as its client sees it, in this process: the calls that the adapter makes, with the server's answers, on a log in
 * memory, and with switches for every way in which it may fail. It proves nothing about disks, elections or replication.
 */
export class EventStoreDouble implements ServerNode {
  readonly data: DoubleData;
  readonly faults = new Faults();
  readonly traffic = new Traffic();
  readonly subscriptions = new Set<Outlet>();
  readonly instanceId = randomUUID();
  readonly maxAppendSize: number;
  readonly credentials: Credentials | undefined;
  #listening: Listening | undefined;
  #port: number;
  #cluster: { readonly leader: EventStoreDouble; members(): Member[] } | undefined;
  readonly #batchStreams = new Set<BatchStream>();

  private constructor(private readonly options: EventStoreDoubleOptions) {
    this.data = options.data ?? new DoubleData();
    this.maxAppendSize = options.maxAppendSize ?? DEFAULT_MAX_APPEND_SIZE;
    this.credentials = options.credentials;
    this.#port = options.port ?? 0;
  }

  static async start(options: EventStoreDoubleOptions = {}): Promise<EventStoreDouble> {
    const double = new EventStoreDouble(options);
    await double.start();
    return double;
  }

  get port(): number {
    return this.#port;
  }

  /** With the credentials that are asked for, if any. */
  get connectionString(): string {
    const { username, password } = this.credentials ?? {};
    const user = username && password ? `${username}:${encodeURIComponent(password)}@` : '';
    // A certificate is for a name; the client warns of addresses.
    const host = this.options.tls ? 'localhost' : HOST;
    return `esdb://${user}${host}:${this.#port}?tls=${this.options.tls !== undefined}`;
  }

  get running(): boolean {
    return this.#listening !== undefined;
  }

  get isLeader(): boolean {
    return this.#cluster === undefined || this.#cluster.leader === this;
  }

  get leader(): LeaderEndpoint {
    return { host: HOST, port: (this.#cluster?.leader ?? this).port };
  }

  get member(): Member {
    const state = this.isLeader ? 'leader' : 'follower';
    return { instanceId: this.instanceId, host: HOST, port: this.port, state, alive: this.running };
  }

  /** Makes it a node beside others. */
  join(cluster: { readonly leader: EventStoreDouble; members(): Member[] }): void {
    this.#cluster = cluster;
  }

  /** Listens, on the same port as before if it did. */
  async start(): Promise<void> {
    const server = new Server({
      'grpc.max_receive_message_length': MAX_MESSAGE,
      'grpc.enable_channelz': 0,
    });
    server.addService(STREAMS, {
      read: readHandler(this),
      append: unaryAppendHandler(this),
      batchAppend: batchAppendHandler(this, this.#batchStreams),
      delete: deleteHandler(this),
      tombstone: tombstoneHandler(this),
    });
    const members = (): Member[] => this.#cluster?.members() ?? [this.member];
    const getSupportedMethods = featuresHandler(this, this.options.batchAppend ?? true);
    server.addService(featuresServices.ServerFeaturesService, { getSupportedMethods });
    server.addService(gossipServices.GossipService, { read: gossipHandler(this, members) });
    const listening = await Listening.begin(server, this.#port, serverCredentials(this.options.tls));
    this.#listening = listening;
    this.#port = listening.port;
  }

  /** Cuts every connection at once, as if it had been killed; the data stays. */
  async stop(): Promise<void> {
    const listening = this.#listening;
    this.#listening = undefined;
    await listening?.end();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Ends the subscriptions that are open now, with an error or as if all were well. */
  endSubscriptions(answer: CallError | 'end'): void {
    for (const outlet of this.subscriptions) {
      if (answer === 'end') outlet.finish();
      else outlet.fail(injectedError(answer, this.leader));
    }
  }

  /** Ends the batch streams that are open now as if all were well. */
  endBatchStreams(): void {
    for (const stream of this.#batchStreams) stream.end();
  }
}

function serverCredentials(tls: EventStoreDoubleOptions['tls']): ServerCredentials {
  if (!tls) return ServerCredentials.createInsecure();
  const pair = { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) };
  return ServerCredentials.createSsl(null, [pair]);
}
