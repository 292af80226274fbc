import { once } from 'node:events';
import { type AddressInfo, createServer, type Server as Door, type Socket } from 'node:net';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import gossip from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { append, batchAppend } from './append-calls.js';
import { Faults, type Refusal } from './faults.js';
import { Ledger } from './ledger.js';
import { Node } from './node.js';
import { clusterInfo, type Member, remove, supportedMethods, tombstone } from './other-calls.js';
import { read } from './read-calls.js';
import { conductOf, type Release } from './releases.js';
import { Rights, type User } from './rights.js';
import { ServerLog } from './server-log.js';

/** Whose appends are taken: the largest of any release, and what stands around it. */
const LARGEST_MESSAGE = 80 * 1024 * 1024;

export interface DoubleOptions {
  /** PEM. With TLS the client must say who it is. */
  readonly tls?: { readonly key: Buffer; readonly certificate: Buffer };
  /** Which version it answers as. Default 23.10.8. */
  readonly release?: Release;
  /** Who may come in, by name; `admin` is an administrator. Default everybody, who may do everything. */
  readonly users?: Readonly<Record<string, User>>;
  /** The log of another node of the same cluster. */
  readonly log?: ServerLog;
  /** The nodes of its cluster. Default itself alone, which leads. */
  readonly members?: () => readonly Member[];
}

/** A server of this process that the real client talks to over gRPC, and that answers as an EventStoreDB does. See README.md. */
export class EventStoreDbDouble {
  readonly log: ServerLog;
  readonly ledger = new Ledger();
  readonly faults = new Faults();
  /** Set on a server with users. */
  readonly rights: Rights | undefined;
  private readonly node: Node;
  private readonly connections = new Set<Socket>();
  private running: { readonly door: Door; readonly server: Server } | undefined;
  private boundPort = 0;

  constructor(private readonly options: DoubleOptions = {}) {
    const conduct = conductOf(options.release ?? '23.10.8');
    this.log = options.log ?? new ServerLog(conduct.maxAppendBytes);
    this.rights = options.users && new Rights(this.log, options.users);
    this.node = new Node(this.log, conduct, this.faults, this.ledger, this.rights, () => this.kill());
  }

  get port(): number {
    return this.boundPort;
  }

  get alive(): boolean {
    return this.running !== undefined;
  }

  get connectionString(): string {
    return `esdb://127.0.0.1:${this.boundPort}?tls=false`;
  }

  /** Listens on a free port of the loopback, or again on the one it had. */
  async start(): Promise<void> {
    const { node, options } = this;
    const server = new Server({
      interceptors: [node.doorkeeper()],
      'grpc.max_receive_message_length': LARGEST_MESSAGE,
    });
    server.addService(streams.StreamsService, {
      read: read(node),
      append: append(node),
      batchAppend: batchAppend(node),
      delete: remove(node),
      tombstone: tombstone(node),
    });
    server.addService(features.ServerFeaturesService, { getSupportedMethods: supportedMethods(node) });
    const alone = () => [{ port: this.boundPort, alive: true, leads: true }];
    server.addService(gossip.GossipService, { read: clusterInfo(options.members ?? alone) });
    const { tls } = options;
    const credentials = tls
      ? ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.certificate }])
      : ServerCredentials.createInsecure();
    const inside = server.createConnectionInjector(credentials);
    const door = createServer((socket) => {
      this.connections.add(socket);
      socket.on('error', () => undefined).once('close', () => this.connections.delete(socket));
      inside.injectConnection(socket);
    });
    await once(door.listen(this.boundPort, '127.0.0.1'), 'listening');
    this.boundPort = (door.address() as AddressInfo).port;
    this.running = { door, server };
  }

  /** As kill -9: every connection is cut, without a word, and what was stored is kept. */
  kill(): void {
    if (!this.running) return;
    const { door, server } = this.running;
    this.running = undefined;
    door.close();
    for (const connection of this.connections) connection.destroy();
    server.forceShutdown();
  }

  /** Cuts every connection; new ones are taken at once. */
  async restart(): Promise<void> {
    this.kill();
    await this.start();
  }

  /**
   * Refuses calls from now on; what is being followed goes on, unless `only` says otherwise.
   * @param only by what is asked, as the ledger names it: `append STREAM`, `read $all`, `subscribe $all` …; `following $all` ends subscriptions
   *   that run, at their next event. Default all calls
   * @returns what ends it
   */
  refuse(how: Refusal, only = /^(?!following)/): () => void {
    return this.faults.refuse(how, only);
  }

  /** The next append is stored, and the connection cut before its answer. */
  loseNextAnswer(): void {
    this.faults.loss = 'answer';
  }

  /** Takes calls and answers none until the function that it gives is called. */
  freeze(): () => void {
    let thaw: () => void = () => undefined;
    this.faults.frozen = new Promise((resolve) => {
      thaw = resolve;
    });
    return thaw;
  }

  /**
   * An election in the middle of what is being read: after so many more messages every connection is cut, and for a while calls are answered
   * that the server is not ready.
   * @returns when it is over
   */
  electionAfter(messages: number, ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.faults.messagesLeft = messages;
      this.faults.onSent = () => {
        const over = this.refuse('not ready');
        const end = () => {
          over();
          resolve();
        };
        this.restart().then(() => setTimeout(end, ms), reject);
      };
    });
  }
}
