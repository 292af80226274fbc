import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  CallCredentials,
  type ClientReadableStream,
  type ClientUnaryCall,
  type ClientWritableStream,
  type Metadata,
  Metadata as Headers,
  type ServiceError,
  status,
  credentials as channel,
} from '@grpc/grpc-js';
import { EventStoreDBClient, jsonEvent, START, streamNameFilter } from '@eventstore/db-client';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import grpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { AppendReq, BatchAppendResp, ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { Certificate, CertificateAuthority } from './certificates.js';
import { EventStoreDbDouble } from './eventstoredb-double.js';
import type { Release } from './releases.js';
import type { User } from './rights.js';
import { identifier } from './wire.js';

const USERS: Readonly<Record<string, User>> = {
  admin: { password: 'changeit' },
  fok: { password: 'register', groups: ['register'] },
  other: { password: 'another' },
  disabled: { password: 'register', groups: ['register'], disabled: true },
};
/** Whom the lines name, and what they say of themselves. */
const LOGINS: Readonly<Record<string, { readonly username: string; readonly password: string } | undefined>> = {
  admin: { username: 'admin', password: 'changeit' },
  fok: { username: 'fok', password: 'register' },
  other: { username: 'other', password: 'another' },
  'fok, wrong password': { username: 'fok', password: 'wrong' },
  'unknown user': { username: 'nobody', password: 'register' },
  'disabled user': { username: 'disabled', password: 'register' },
  none: undefined,
};
type Login = (typeof LOGINS)[string];
const PORT_OF_NOBODY = 9;

function proposal(stream: string, type: string, data: string) {
  return {
    stream,
    event: {
      id: randomUUID(),
      type,
      contentType: 'application/json',
      data: Buffer.from(data),
      metadata: new Uint8Array(),
    },
  };
}

/** Puts the questions of the recorded denied answers to a double with TLS and users: as the client does, and as raw calls. */
export class DeniedQuestions {
  private stream = '';

  private constructor(
    private readonly release: Release,
    private readonly double: EventStoreDbDouble,
    private readonly ca: CertificateAuthority,
  ) {}

  static async begin(release: Release, ca: CertificateAuthority): Promise<DeniedQuestions> {
    const double = new EventStoreDbDouble({ release, tls: ca.issue('IP:127.0.0.1,DNS:localhost'), users: USERS });
    await double.start();
    // As on the server that was recorded, where the register could not read metadata.
    const acl = '{"$userStreamAcl":{"$r":"register","$w":"register","$d":"$admins","$mr":"$admins","$mw":"$admins"}}';
    for (const { stream, event } of [
      proposal('$settings', 'update-default-acl', acl),
      proposal('$$$all', '$metadata', '{"$acl":{"$r":"register"}}'),
    ])
      double.log.append(stream, 'any', [event]);
    return new DeniedQuestions(release, double, ca);
  }

  end(): void {
    this.double.kill();
  }

  /** @returns what the client made of the answer, and the answer */
  async ask(operation: string, credentials: string): Promise<object> {
    if (operation.startsWith('connect: ')) return this.connect(operation.slice('connect: '.length));
    if (operation === 'read $all while the node is stopped and started') return this.whileStopped();
    const login = LOGINS[credentials];
    this.newStream();
    const batch = operation === 'append (batch)';
    const client = this.client(batch ? login : undefined);
    const asked = await told(this.asClient(client, operation, batch ? undefined : login));
    await client.dispose();
    this.newStream();
    return { ...asked, raw: await this.raw(operation, login) };
  }

  /** What is asked is asked of a stream of three events that nobody else uses. */
  private newStream(): void {
    this.stream = `s-${randomUUID()}`;
    const events = [1, 2, 3].map(() => proposal(this.stream, 'Happened', '{}').event);
    this.double.log.append(this.stream, 'any', events);
  }

  private get url(): string {
    return `127.0.0.1:${this.double.port}?tlsCAFile=${encodeURIComponent(this.ca.file)}`;
  }

  private client(login: Login): EventStoreDBClient {
    return EventStoreDBClient.connectionString(
      `esdb://${login ? `${login.username}:${login.password}@` : ''}${this.url}`,
    );
  }

  private asClient(client: EventStoreDBClient, operation: string, credentials: Login): Promise<unknown> {
    const { stream } = this;
    const given = credentials ? { credentials } : {};
    switch (operation) {
      case 'append (unary)':
      case 'append (batch)':
        return client.appendToStream(stream, jsonEvent({ type: 'Happened', data: {} }), given);
      case 'read stream':
        return first(client.readStream(stream, given));
      case 'read $all':
        return first(client.readAll(given));
      case 'subscribe $all filtered':
        return first(
          client.subscribeToAll({ ...given, fromPosition: START, filter: streamNameFilter({ prefixes: [stream] }) }),
        );
      case 'read metadata':
        return client.getStreamMetadata(stream, given);
      case 'write metadata':
        return client.setStreamMetadata(stream, { maxCount: 10 }, given);
      case 'delete':
        return client.deleteStream(stream, given);
      case 'tombstone':
        return client.tombstoneStream(stream, given);
      default:
        throw new Error(`there is no operation ${operation}`);
    }
  }

  private raw(operation: string, login: Login): Promise<object> {
    const trusted = channel.createSsl(readFileSync(this.ca.file));
    const client = new grpc.StreamsClient(`127.0.0.1:${this.double.port}`, trusted);
    const options = login ? { credentials: basic(login) } : {};
    const headers = new Headers();
    const { stream } = this;
    const ended = (answer: Promise<object>) => answer.finally(() => client.close());
    switch (operation) {
      case 'append (unary)':
        return ended(unary((done) => appendTo(client.append(headers, options, done), stream, 'Happened', '{}')));
      case 'write metadata':
        return ended(
          unary((done) =>
            appendTo(client.append(headers, options, done), `$$${stream}`, '$metadata', '{"$maxCount":10}'),
          ),
        );
      case 'append (batch)': {
        const call = client.batchAppend(headers, options);
        call.write(batchOf(stream));
        return ended(streaming<BatchAppendResp>(call, 1, (message) => ({ response: shownBatch(message) })));
      }
      case 'read stream':
      case 'read $all':
      case 'subscribe $all filtered':
        return ended(streaming(client.read(readRequest(operation, stream), headers, options), 2));
      case 'read metadata':
        return ended(streaming(client.read(readRequest(operation, `$$${stream}`), headers, options), 2));
      case 'delete': {
        const request = new streams.DeleteReq();
        request.setOptions(removal(new streams.DeleteReq.Options(), stream));
        return ended(unary((done) => client.delete(request, headers, options, done)));
      }
      default: {
        const request = new streams.TombstoneReq();
        request.setOptions(removal(new streams.TombstoneReq.Options(), stream));
        return ended(unary((done) => client.tombstone(request, headers, options, done)));
      }
    }
  }

  private async whileStopped(): Promise<object> {
    const client = this.client(LOGINS['fok']);
    await first(client.readAll());
    this.double.kill();
    // The first call after it may still find the connection that was cut.
    await told(first(client.readAll()));
    const answer = await told(first(client.readAll()));
    await this.double.start();
    await client.dispose();
    return answer;
  }

  private async connect(how: string): Promise<object> {
    const login = 'admin:changeit@';
    const file = encodeURIComponent(this.ca.file);
    if (how === 'nobody listens') return this.connectTo(`esdb://${login}127.0.0.1:${PORT_OF_NOBODY}?tlsCAFile=${file}`);
    const certificates: Readonly<Record<string, string>> = {
      'no CA given': 'IP:127.0.0.1',
      'certificate expired': 'IP:127.0.0.1',
      'wrong host name (IP)': 'IP:127.0.0.9',
      'wrong host name (name)': 'IP:127.0.0.9,DNS:elsewhere.example',
      'tls=false to a TLS node': 'IP:127.0.0.1',
    };
    const node = await this.node(this.ca.issue(certificates[how]!, how === 'certificate expired' ? -1 : 1));
    const host = how === 'wrong host name (name)' ? 'localhost' : '127.0.0.1';
    const options = { 'no CA given': '', 'tls=false to a TLS node': '?tls=false' }[how] ?? `?tlsCAFile=${file}`;
    const answer = await this.connectTo(`esdb://${login}${host}:${node.port}${options}`);
    node.kill();
    return answer;
  }

  private async node(tls: Certificate): Promise<EventStoreDbDouble> {
    const node = new EventStoreDbDouble({ release: this.release, tls, users: USERS });
    await node.start();
    return node;
  }

  private async connectTo(url: string): Promise<object> {
    const client = EventStoreDBClient.connectionString(url);
    const answer = await told(first(client.readAll()));
    await client.dispose();
    return answer;
  }
}

/** How a question of the client ended, as the lines have it. */
async function told(asked: Promise<unknown>): Promise<object> {
  try {
    await asked;
    return { ok: true };
  } catch (thrown) {
    const error = thrown as Error & { readonly type: string; readonly code?: number; readonly _raw?: ServiceError };
    const { type, code = null, message, _raw: raw } = error;
    const { details = null } = raw ?? {};
    return {
      error: {
        type,
        class: error.constructor.name,
        code,
        message,
        details,
        metadata: raw ? shown(raw.metadata) : null,
      },
    };
  }
}

async function first(read: AsyncIterable<unknown>): Promise<unknown> {
  for await (const event of read) return event;
  return undefined;
}

function shown(metadata: Metadata): object {
  return metadata.getMap();
}

interface Ended {
  readonly code: number;
  readonly details: string;
  readonly metadata: Metadata;
}

function statusOf({ code, details, metadata }: Ended): object {
  return { code, name: status[code], details, trailers: shown(metadata) };
}

/** One call with one answer. */
async function unary(
  begin: (
    done: (error: ServiceError | null, answer?: unknown) => void,
  ) => ClientUnaryCall | ClientWritableStream<AppendReq>,
): Promise<object> {
  let call: ClientUnaryCall | ClientWritableStream<AppendReq> | undefined;
  let initialMetadata: object | undefined;
  const answered = new Promise<boolean>((resolve) => {
    call = begin((error) => resolve(error === null));
  });
  const ended = new Promise<object>((resolve) => {
    call!.on('status', (end: Ended) => resolve(statusOf(end)));
  });
  call!.on('metadata', (metadata: Metadata) => {
    initialMetadata = shown(metadata);
  });
  const [answer, status_] = await Promise.all([answered, ended]);
  return { ...(answer ? { initialMetadata, answer: 'success' } : {}), status: status_ };
}

/** A call whose answer is many messages, of which so many are waited for. */
function streaming<Message>(
  call: ClientReadableStream<Message>,
  wanted: number,
  show: (message: Message) => object = () => ({}),
): Promise<object> {
  let initialMetadata: object | undefined;
  let messages = 0;
  let response = {};
  call.on('metadata', (metadata: Metadata) => {
    initialMetadata = shown(metadata);
  });
  call.on('data', (message: Message) => {
    response = show(message);
    if (++messages === wanted) call.cancel();
  });
  call.on('error', () => undefined);
  return new Promise((resolve) => {
    // Trailers alone come as the metadata too.
    call.on('status', (end: Ended) =>
      resolve({ ...(messages > 0 ? { initialMetadata } : {}), messages, ...response, status: statusOf(end) }),
    );
  });
}

function basic({ username, password }: NonNullable<Login>): CallCredentials {
  return CallCredentials.createFromMetadataGenerator((_, done) => {
    const metadata = new Headers();
    metadata.add('authorization', `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`);
    done(null, metadata);
  });
}

function uuid() {
  const id = new shared.UUID();
  id.setString(randomUUID());
  return id;
}

function appendTo(
  call: ClientWritableStream<AppendReq>,
  stream: string,
  type: string,
  data: string,
): ClientWritableStream<AppendReq> {
  const options = new streams.AppendReq.Options();
  options.setStreamIdentifier(identifier(stream));
  options.setAny(new shared.Empty());
  const header = new streams.AppendReq();
  header.setOptions(options);
  call.write(header);
  const message = new streams.AppendReq.ProposedMessage();
  message.setId(uuid());
  message.setData(Buffer.from(data).toString('base64'));
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  const event = new streams.AppendReq();
  event.setProposedMessage(message);
  call.write(event);
  call.end();
  return call;
}

function batchOf(stream: string) {
  const options = new streams.BatchAppendReq.Options();
  options.setStreamIdentifier(identifier(stream));
  options.setAny(new empty.Empty());
  const message = new streams.BatchAppendReq.ProposedMessage();
  message.setId(uuid());
  message.setData(Buffer.from('{}').toString('base64'));
  message.getMetadataMap().set('type', 'Happened').set('content-type', 'application/json');
  const request = new streams.BatchAppendReq();
  request.setCorrelationId(uuid());
  request.setOptions(options);
  request.addProposedMessages(message);
  request.setIsFinal(true);
  return request;
}

function shownBatch(message: BatchAppendResp): object {
  const error = message.getError();
  if (!error) return { success: true };
  const details = error.getDetails();
  return {
    error: {
      code: error.getCode(),
      message: error.getMessage(),
      detailsTypeUrl: details?.getTypeUrl(),
      detailsBytes: Buffer.from(details?.getValue_asU8() ?? []).toString('hex'),
    },
    hasStreamIdentifier: message.hasStreamIdentifier(),
    hasCorrelationId: message.hasCorrelationId(),
  };
}

function readRequest(operation: string, stream: string): ReadReq {
  const { Options } = streams.ReadReq;
  const options = new Options();
  const ids = new Options.UUIDOption();
  ids.setString(new shared.Empty());
  options.setUuidOption(ids);
  if (operation.includes('$all')) {
    const all = new Options.AllOptions();
    all.setStart(new shared.Empty());
    options.setAll(all);
  } else {
    const one = new Options.StreamOptions();
    one.setStreamIdentifier(identifier(stream));
    one.setStart(new shared.Empty());
    options.setStream(one);
  }
  if (operation.startsWith('subscribe')) {
    const filter = new Options.FilterOptions();
    const expression = new Options.FilterOptions.Expression();
    expression.setPrefixList([stream]);
    filter.setStreamIdentifier(expression);
    filter.setMax(32);
    filter.setCheckpointintervalmultiplier(1);
    options.setFilter(filter);
    options.setSubscription(new Options.SubscriptionOptions());
  } else {
    options.setNoFilter(new shared.Empty());
    options.setCount('10');
  }
  const request = new streams.ReadReq();
  request.setOptions(options);
  return request;
}

function removal<
  O extends {
    setStreamIdentifier(value: ReturnType<typeof identifier>): unknown;
    setAny(value: InstanceType<typeof shared.Empty>): unknown;
  },
>(options: O, stream: string): O {
  options.setStreamIdentifier(identifier(stream));
  options.setAny(new shared.Empty());
  return options;
}
