import { BSON, type Document } from 'bson';
import { parse } from './values.js';

/** One request of a client. Commands come as OP_MSG, the driver's first greeting as OP_QUERY. */
export interface Request {
  readonly id: number;
  readonly legacy: boolean;
  /** Whether the client takes more than one answer to it. */
  readonly takesMore: boolean;
  readonly command: Document;
}

const HEADER = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const MORE_TO_COME = 1 << 1;
const EXHAUST_ALLOWED = 1 << 16;

/** Cuts a stream of bytes into requests. https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/ */
export class RequestReader {
  private chunks: Buffer[] = [];
  private length = 0;
  private needed = HEADER;

  push(bytes: Buffer): Request[] {
    this.chunks.push(bytes);
    this.length += bytes.length;
    if (this.length < this.needed) return []; // long requests are put together once, not at every piece
    let rest: Buffer = Buffer.concat(this.chunks);
    const requests: Request[] = [];
    while (rest.length >= HEADER && rest.length >= rest.readInt32LE(0)) {
      requests.push(read(rest.subarray(0, rest.readInt32LE(0))));
      rest = rest.subarray(rest.readInt32LE(0));
    }
    this.chunks = [rest];
    this.length = rest.length;
    this.needed = rest.length >= HEADER ? rest.readInt32LE(0) : HEADER;
    return requests;
  }
}

function read(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const operation = message.readInt32LE(12);
  if (operation === OP_MSG)
    return {
      id,
      legacy: false,
      takesMore: (message.readUInt32LE(HEADER) & EXHAUST_ALLOWED) !== 0,
      command: readSections(message),
    };
  if (operation !== OP_QUERY) throw new Error(`the double does not speak operation ${operation}`);
  const nameEnd = message.indexOf(0, HEADER + 4);
  const at = nameEnd + 1 + 8;
  return {
    id,
    legacy: true,
    takesMore: false,
    command: { ...parse(message.subarray(at, at + message.readInt32LE(at))), $db: 'admin' },
  };
}

/** A body, and lists of documents that stand beside it because they are long. */
function readSections(message: Buffer): Document {
  const command: Document = {};
  for (let at = HEADER + 4; at < message.length;) {
    const kind = message.readUInt8(at);
    const size = message.readInt32LE(at + 1);
    if (kind === 0) Object.assign(command, parse(message.subarray(at + 1, at + 1 + size)));
    else Object.assign(command, readSequence(message.subarray(at + 1, at + 1 + size)));
    at += 1 + size;
  }
  return command;
}

function readSequence(section: Buffer): Document {
  const nameEnd = section.indexOf(0, 4);
  const documents: Document[] = [];
  for (let at = nameEnd + 1; at < section.length;) {
    const size = section.readInt32LE(at);
    documents.push(parse(section.subarray(at, at + size)));
    at += size;
  }
  return { [section.toString('utf8', 4, nameEnd)]: documents };
}

/**
 * The bytes of an answer, in the form in which it was asked.
 * @param more whether another answer to the same request follows
 */
export function answer(request: Request, reply: Document, more = false): Buffer {
  const body = BSON.serialize(reply);
  const between = request.legacy ? Buffer.alloc(20) : Buffer.alloc(5);
  if (request.legacy) between.writeInt32LE(1, 16);
  else if (more) between.writeUInt32LE(MORE_TO_COME, 0);
  const header = Buffer.alloc(HEADER);
  header.writeInt32LE(HEADER + between.length + body.length, 0);
  header.writeInt32LE(request.id, 8);
  header.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  return Buffer.concat([header, between, body]);
}
