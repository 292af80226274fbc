import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SignedCheckpoint, originIn, writeOwnCheckpoint } from '../../kernel/integrity/checkpoint.js';
import { cosignedAt } from '../../kernel/integrity/cosignature.js';
import type { Hash } from '../../kernel/integrity/merkle.js';
import type { WitnessPlace } from '../../kernel/integrity/witness-places.js';
import { writeAddCheckpoint } from '../../kernel/integrity/witness.js';
import type { Receipt, WitnessProblemCode } from './receipts.js';
import { askTimeStamp, timeStampedAt } from './time-stamp.js';

const LONGEST_WAIT_MS = 10_000;
const LONGEST_ANSWER = 256 * 1024;

/** Said of a witness that did not take a checkpoint. */
export class NotWitnessed extends Error {
  constructor(
    readonly code: WitnessProblemCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface Showing {
  readonly signed: SignedCheckpoint;
  /** The size that this witness saw last, as far as is known here; 0 when none. */
  readonly seen: number;
  /** The proof that so many events are a beginning of those of the checkpoint. */
  readonly proof: (seen: number) => readonly Hash[];
  readonly now: () => string;
  readonly signal: AbortSignal;
}

/**
 * Shows a checkpoint to a witness and confirms what it answers.
 * @throws NotWitnessed
 */
export async function askWitness(place: WitnessPlace, showing: Showing): Promise<Receipt> {
  try {
    if (place.kind === 'FOLDER') return layDown(place.path, showing);
    return place.kind === 'WITNESS' ? await addCheckpoint(place, showing) : await stamp(place, showing);
  } catch (error) {
    if (error instanceof NotWitnessed) throw error;
    const why =
      error instanceof Error ? ((error.cause as NodeJS.ErrnoException | undefined)?.code ?? error.message) : '';
    throw new NotWitnessed('LATE', `${place.name} could not be asked: ${why}`, { cause: error });
  }
}

/** A file a checkpoint, never written over: where another lies under its name already, the log says two things. */
function layDown(path: string, { signed, now }: Showing): Receipt {
  const { size } = signed.checkpoint;
  const note = writeOwnCheckpoint(signed);
  const file = join(path, `${originIn(signed.checkpoint).replaceAll('/', '-')}-${String(size).padStart(12, '0')}.txt`);
  mkdirSync(path, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, note, { flag: 'wx' });
  else if (rootIn(readFileSync(file, 'utf8')) !== rootIn(note))
    throw new NotWitnessed('FORKED', `${file} holds another checkpoint over ${size} events`);
  return { size, at: now(), receipt: new Uint8Array() };
}

async function addCheckpoint(place: WitnessPlace & { kind: 'WITNESS' }, showing: Showing): Promise<Receipt> {
  const { signed, proof } = showing;
  const { size } = signed.checkpoint;
  const note = writeOwnCheckpoint(signed);
  const url = `${place.url.replace(/\/$/, '')}/add-checkpoint`;
  let { seen } = showing;
  for (let asked = 0; asked < 2; asked++) {
    const body = writeAddCheckpoint({ oldSize: seen, proof: seen === 0 || seen === size ? [] : proof(seen), note });
    const { status, text } = await post(url, body, 'text/plain; charset=utf-8', showing.signal);
    if (status === 200) return receiptOf(text, note, place, size);
    if (status === 422)
      throw new NotWitnessed('NOT_CONTINUED', `${place.name} was shown another log: this one does not continue it`);
    const last = status === 409 ? Number(text.toString().trim()) : Number.NaN;
    if (!Number.isSafeInteger(last)) throw new NotWitnessed('LATE', `${place.name} answers ${status}`);
    if (last > size)
      throw new NotWitnessed('AHEAD', `${place.name} was shown ${last} events, this log has ${size}: it was put back`);
    if (last === size && seen === size)
      throw new NotWitnessed('FORKED', `${place.name} was shown another log of ${size} events`);
    seen = last;
  }
  throw new NotWitnessed('LATE', `${place.name} does not say from where it goes on`);
}

function receiptOf(
  text: Buffer,
  note: string,
  { name, key }: WitnessPlace & { kind: 'WITNESS' },
  size: number,
): Receipt {
  for (const line of text.toString('utf8').split('\n')) {
    const seconds = cosignedAt(note, line, key);
    if (seconds !== undefined)
      return { size, at: new Date(seconds * 1000).toISOString(), receipt: Buffer.from(line, 'utf8') };
  }
  throw new NotWitnessed('LATE', `${name} answers without a signature of its key`);
}

async function stamp({ url, roots }: WitnessPlace & { kind: 'TIME_STAMPS' }, showing: Showing): Promise<Receipt> {
  const note = writeOwnCheckpoint(showing.signed);
  const question = askTimeStamp(note);
  const { status, text } = await post(url, question.bytes, 'application/timestamp-query', showing.signal);
  if (status !== 200) throw new NotWitnessed('LATE', `${new URL(url).host} answers ${status}`);
  const at = await timeStampedAt(note, text, readFileSync(roots, 'utf8'), question.nonce);
  return { size: showing.signed.checkpoint.size, at, receipt: text };
}

async function post(
  url: string,
  body: string | Uint8Array,
  type: string,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly text: Buffer }> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': type },
    body: Buffer.from(body),
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_WAIT_MS)]),
  });
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > LONGEST_ANSWER) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return { status: answer.status, text: Buffer.concat(chunks) };
}

/** The line of the root, which stands third. */
function rootIn(note: string): string | undefined {
  return note.split('\n')[2];
}
