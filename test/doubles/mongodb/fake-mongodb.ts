import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { Binary, Long, ObjectId, Timestamp, type Document } from 'bson';
import { commands, Cursors, type Context } from './commands.js';
import { CommandError, noSnapshots, noSuchTransaction, notAReplicaSet, notServed, outOfDiskSpace } from './errors.js';
import { State, Transaction, type Tables } from './state.js';
import { answer, RequestReader, type Request } from './wire.js';
import { MustWait } from './writes.js';

/** The commands that need room on the disk. */
const WRITES = new Set(['insert', 'update', 'delete', 'findAndModify', 'createIndexes']);

/** A `router` stands before a sharded cluster; of it only the greeting is there. */
export type Kind = 'replica set' | 'standalone' | 'router';

/**
 * What is done with a command: carried out, not carried out, or carried out without an answer; in the last two cases
 * the connection breaks.
 */
export type Fate = 'served' | 'lost' | 'unanswered';

/** A server that speaks MongoDB's wire protocol to the real driver. What it leaves out is listed in the README. */
export class FakeMongoDB {
  /** Decides on each command before it is carried out; may wait, so that a command arrives late. */
  fate: (name: string, command: Document) => Fate | Promise<Fate> = () => 'served';
  /** As with a full disk, where the server outlives that: every write is refused, and what is there can be read. */
  full = false;
  /** What it says it speaks; 21 is MongoDB 7.0. */
  wireVersion = 21;
  /** A transaction that nobody ends is ended after this, as a server does (there after 60 s). */
  transactionLifetimeMs = 60_000;
  private readonly state = new State();
  private readonly cursors = new Cursors();
  private readonly transactions = new Map<string, Transaction>();
  private readonly answered = new Map<string, Document>();
  private readonly sockets = new Set<Socket>();
  private readonly process = new ObjectId();

  private constructor(
    private readonly kind: Kind,
    private readonly server: Server,
    private readonly address: string,
  ) {
    server.on('connection', (socket) => this.serve(socket));
  }

  /** Starts one on a free port of the loopback interface. */
  static async start(kind: Kind): Promise<FakeMongoDB> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FakeMongoDB(kind, server, `127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  get url(): string {
    return `mongodb://${this.address}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(socket: Socket): void {
    const reader = new RequestReader();
    this.sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes: Buffer) => {
      for (const request of reader.push(bytes)) void this.handle(socket, request);
    });
  }

  private async handle(socket: Socket, request: Request): Promise<void> {
    const [name = ''] = Object.keys(request.command);
    const fate = await this.fate(name, request.command);
    if (fate === 'lost') return void socket.destroy();
    const reply = await this.reply(name, request.command);
    if (fate === 'unanswered') return void socket.destroy();
    if (request.takesMore && isGreeting(name)) return this.goOn(socket, request, reply);
    if (!socket.destroyed) socket.write(answer(request, reply));
  }

  /** Tells a client that watches over the server now and then that it is there: so it sees at once when it is not. */
  private async goOn(socket: Socket, request: Request, reply: Document): Promise<void> {
    for (;;) {
      await pause(Number(request.command['maxAwaitTimeMS'] ?? 0), undefined, { ref: false });
      if (socket.destroyed) return;
      socket.write(answer(request, reply, true));
    }
  }

  private async reply(name: string, command: Document): Promise<Document> {
    try {
      return {
        ...(await this.run(name, command)),
        ok: 1,
        ...(this.kind === 'replica set' && { operationTime: this.state.time }),
      };
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      return {
        ok: 0,
        code: error.code,
        codeName: error.codeName,
        errmsg: error.message,
        ...(error.labels.length > 0 && { errorLabels: error.labels }),
      };
    }
  }

  private async run(name: string, command: Document): Promise<Document> {
    if (isGreeting(name)) return this.hello();
    if (name === 'ping' || name === 'endSessions') return {};
    if (this.kind === 'standalone' && command['txnNumber'] !== undefined) throw notAReplicaSet();
    if (this.kind === 'standalone' && levelOf(command) === 'snapshot') throw noSnapshots();
    if (this.full && WRITES.has(name)) throw outOfDiskSpace();
    if (command['autocommit'] === false) return this.inTransaction(name, command);
    const known = command['txnNumber'] === undefined ? undefined : this.answered.get(sessionOf(command));
    if (known) return known; // a retried write is carried out once
    const reply = await this.alone(name, command);
    if (command['txnNumber'] !== undefined) this.answered.set(sessionOf(command), reply);
    return reply;
  }

  private async alone(name: string, command: Document): Promise<Document> {
    for (;;) {
      try {
        const time = timeOf(command) ?? this.state.time;
        const sight = this.state.at(time);
        if (!sight) throw new CommandError(239, 'SnapshotTooOld', 'the snapshot is too old');
        const reply = this.carryOut(name, command, sight, undefined);
        if (levelOf(command) === 'snapshot') (reply['cursor'] as Document)['atClusterTime'] = time;
        return reply;
      } catch (error) {
        if (!(error instanceof MustWait)) throw error;
        await turn();
      }
    }
  }

  private inTransaction(name: string, command: Document): Document {
    const session = sessionOf(command);
    if (command['startTransaction'] === true) this.begin(session);
    const transaction = this.transactions.get(session);
    if (name === 'commitTransaction' && !transaction && this.answered.has(session)) return {};
    if (!transaction) throw noSuchTransaction();
    try {
      if (name === 'commitTransaction') this.state.commit(transaction);
      else if (name !== 'abortTransaction') {
        const reply = this.carryOut(name, command, transaction.tables, transaction);
        if (reply['writeErrors'] === undefined) return reply;
        this.end(session, transaction);
        return reply;
      }
      if (name === 'commitTransaction') this.answered.set(session, {});
      this.end(session, transaction);
      return {};
    } catch (error) {
      this.end(session, transaction);
      throw error;
    }
  }

  private begin(session: string): void {
    const transaction = new Transaction(this.state.now);
    this.transactions.set(session, transaction);
    setTimeout(() => this.end(session, transaction), this.transactionLifetimeMs).unref();
  }

  private end(session: string, transaction: Transaction): void {
    this.state.release(transaction);
    this.transactions.delete(session);
  }

  private carryOut(name: string, command: Document, sight: Tables, transaction: Transaction | undefined): Document {
    const run = commands[name];
    if (!run) throw notServed(`the command ${name}`);
    const context: Context = {
      state: this.state,
      sight,
      transaction,
      database: String(command['$db']),
      cursors: this.cursors,
    };
    return run(command, context);
  }

  private hello(): Document {
    const common = {
      isWritablePrimary: true,
      ismaster: true,
      maxBsonObjectSize: 16 * 1024 * 1024,
      maxMessageSizeBytes: 48_000_000,
      maxWriteBatchSize: 100_000,
      localTime: new Date(),
      logicalSessionTimeoutMinutes: 30,
      minWireVersion: 0,
      maxWireVersion: this.wireVersion,
      readOnly: false,
      topologyVersion: { processId: this.process, counter: Long.ZERO },
    };
    if (this.kind === 'standalone') return common;
    if (this.kind === 'router') return { ...common, msg: 'isdbgrid' };
    return { ...common, setName: 'rs0', setVersion: 1, hosts: [this.address], primary: this.address, me: this.address };
  }
}

function isGreeting(name: string): boolean {
  return /^(hello|ismaster)$/i.test(name);
}

function sessionOf(command: Document): string {
  const id = (command['lsid'] as Document | undefined)?.['id'];
  return `${id instanceof Binary ? id.toString('hex') : ''} ${(command['txnNumber'] as Long | undefined)?.toString() ?? ''}`;
}

function levelOf(command: Document): unknown {
  return (command['readConcern'] as Document | undefined)?.['level'];
}

function timeOf(command: Document): Timestamp | undefined {
  const time: unknown = (command['readConcern'] as Document | undefined)?.['atClusterTime'];
  return time instanceof Timestamp ? time : undefined;
}

/** Whether a command only keeps a connection or a session; drivers send these when they please. */
export function isSessionKeeping(name: string): boolean {
  return isGreeting(name) || name === 'endSessions' || name === 'ping';
}
