import { setTimeout as sleep } from 'node:timers/promises';
import { Server, ServerCredentials, type ServerInterceptor, ServerInterceptingCall, status } from '@grpc/grpc-js';
import gossip from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { append, batchAppend, type Disk } from './append-calls.js';
import { clusterInfo, remove, supportedMethods, tombstone } from './other-calls.js';
import { read } from './read-calls.js';
import { ServerLog } from './server-log.js';

export interface DoubleOptions {
  /** PEM. With TLS the client must say who it is. */
  readonly tls?: { readonly key: Buffer; readonly certificate: Buffer };
  /** How long an append takes to reach the disk that is not there. Default 0 ms. */
  readonly flushMs?: number;
  /** Who may come in; default everybody. */
  readonly user?: { readonly name: string; readonly password: string };
}

/**
 * A server of this process that the real client talks to over gRPC, and that answers as an EventStoreDB does. See
 * README.md.
 */
export class EventStoreDbDouble {
  readonly log = new ServerLog();
  private server: Server | undefined;
  private boundPort = 0;
  private answersToLose = 0;
  private frozen: Promise<void> = Promise.resolve();
  /** As with a full disk: an append is not stored, and the server ends, however often it is started. */
  full = false;
  /** How many calls of each kind came. */
  readonly calls = new Map<string, number>();

  constructor(private readonly options: DoubleOptions = {}) {}

  get port(): number {
    return this.boundPort;
  }

  get connectionString(): string {
    return `esdb://127.0.0.1:${this.boundPort}?tls=false`;
  }

  /** Listens on a free port of the loopback, or again on the one it had. */
  async start(): Promise<void> {
    const server = new Server({
      interceptors: [this.doorkeeper()],
      'grpc.max_receive_message_length': 32 * 1024 * 1024,
    });
    const disk: Disk = { room: () => this.hasRoom(), flushed: () => this.beforeAnswer() };
    server.addService(streams.StreamsService, {
      read: read(this.log, () => this.frozen),
      append: append(this.log, disk),
      batchAppend: batchAppend(this.log, disk),
      delete: remove(this.log),
      tombstone: tombstone(this.log),
    });
    server.addService(features.ServerFeaturesService, { getSupportedMethods: supportedMethods });
    server.addService(gossip.GossipService, { read: clusterInfo(() => this.boundPort) });
    const { tls } = this.options;
    const credentials = tls
      ? ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.certificate }])
      : ServerCredentials.createInsecure();
    this.boundPort = await new Promise<number>((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${this.boundPort}`, credentials, (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
    this.server = server;
  }

  /** As kill -9: every connection is cut, what was stored is kept. */
  kill(): void {
    this.server?.forceShutdown();
    this.server = undefined;
  }

  /** The next append is stored, and the connection cut before its answer. */
  loseNextAnswer(): void {
    this.answersToLose = 1;
  }

  /** Takes calls and answers none until the function that it gives is called. */
  freeze(): () => void {
    let thaw: () => void = () => undefined;
    this.frozen = new Promise((resolve) => {
      thaw = resolve;
    });
    return thaw;
  }

  private hasRoom(): boolean {
    if (this.full) this.kill();
    return !this.full;
  }

  private async beforeAnswer(): Promise<boolean> {
    await this.frozen;
    if (this.options.flushMs) await sleep(this.options.flushMs);
    if (this.answersToLose === 0) return true;
    this.answersToLose--;
    this.kill();
    return false;
  }

  /** Counts calls, and lets in who may come in. */
  private doorkeeper(): ServerInterceptor {
    const { user } = this.options;
    const wanted = user && `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`;
    return (method, call) =>
      new ServerInterceptingCall(call, {
        start: (next) =>
          next({
            onReceiveMetadata: (metadata, forward) => {
              const name = method.path.split('/').at(-1)!;
              this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
              const given = metadata.get('authorization')[0];
              if (wanted === undefined || given === wanted) forward(metadata);
              else call.sendStatus({ code: status.UNAUTHENTICATED, details: 'Unauthenticated' });
            },
          }),
      });
  }
}
