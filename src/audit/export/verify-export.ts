import { z } from 'zod';
import { canonicalJson } from '../../kernel/event-sourcing/canonical-json.js';
import { isCommittedTo } from '../../kernel/event-sourcing/sealed-values.js';
import { type StoredBody, readBody } from '../../kernel/event-sourcing/stored-body.js';
import { CHAIN_START, chainHash } from '../../kernel/integrity/chain.js';
import {
  type Checkpoint,
  fromHex,
  isSigned,
  readCheckpoint,
  type SignedCheckpoint,
  writeOwnCheckpoint,
  toHex,
} from '../../kernel/integrity/checkpoint.js';
import type { WitnessKey } from '../../kernel/integrity/cosignature.js';
import { timeStampedAt } from '../witness/time-stamp.js';
import { witnessWord } from '../witness/witness-word.js';
import { isIncluded, leafHash } from '../../kernel/integrity/merkle.js';
import { PublicKey } from '../../kernel/integrity/signing-key.js';
import {
  CHECKPOINT,
  COSIGNED,
  FIRST_CHECKPOINT,
  ENTRIES,
  type ExportedEntry,
  MANIFEST,
  type Manifest,
  PUBLIC_KEY,
  SIGNATURE,
  STAFF_ENTRIES,
  type StaffEntry,
  staffEntry,
  exportedEntry,
  manifest,
  signedManifest,
  timeStampFile,
} from './export-format.js';
import { entryWith } from './exported-entries.js';
import { ZipReader } from './zip-reader.js';
import { hasRightDigest } from './zip-writer.js';

export interface ExportProblem {
  readonly file?: string;
  /** The line of {@link ENTRIES}, from 1. */
  readonly line?: number;
  /** In English, without personal data. */
  readonly message: string;
}

export interface ExportReport {
  /** True when nothing was found. */
  readonly ok: boolean;
  readonly problems: readonly ExportProblem[];
  readonly entries: number;
  /** What the export says it is about. */
  readonly about?: string;
  readonly checkpoint?: Checkpoint;
  readonly keyId?: string;
  /** True when the key was given by the one who asks; otherwise the export vouches for itself only. */
  readonly keyIsTrusted: boolean;
  /** What the witnesses say whose keys were given, and the time-stamp authorities whose roots were. */
  readonly witnessed: readonly { readonly name: string; readonly at: string }[];
}

/** Whom whoever asks trusts beside the register's key. */
export interface TrustedWitnesses {
  readonly keys: readonly WitnessKey[];
  /** PEM of the root certificates of time-stamp authorities. */
  readonly roots?: string;
}

const KEPT = 100;

/**
 * Verifies an export with nothing but the file and a public key: its bytes, its files, the signatures, and for each
 * entry its hash, its place in the tree and that what is readable is what was sealed.
 * @param trustedKey PEM of a public key that came another way; without it the one in the file is taken
 * @throws the file system's error when the file cannot be read, IntegrityError when the given key is no key
 */
export async function verifyExport(
  path: string,
  trustedKey?: string,
  witnesses: TrustedWitnesses = { keys: [] },
): Promise<ExportReport> {
  const given = trustedKey === undefined ? undefined : PublicKey.fromPem(trustedKey);
  const check = new ExportCheck(given, witnesses);
  if (!(await hasRightDigest(path)))
    check.problem({ message: 'the file was changed: its bytes do not have the digest at its end' });
  try {
    const zip = await ZipReader.open(path);
    try {
      await check.run(zip);
    } finally {
      zip.close();
    }
  } catch (error) {
    check.problem({ message: `the file cannot be read as an export: ${reason(error)}` });
  }
  return check.report();
}

class ExportCheck {
  private readonly problems: ExportProblem[] = [];
  private readonly ends = new Map<string, { entries: number; hash: Uint8Array }>();
  private entries = 0;
  private about: string | undefined;
  private checkpoint: Checkpoint | undefined;
  private key: PublicKey | undefined;

  private readonly witnessed: { readonly name: string; readonly at: string }[] = [];

  constructor(
    private readonly given: PublicKey | undefined,
    private readonly trusted: TrustedWitnesses,
  ) {}

  problem(problem: ExportProblem): void {
    if (this.problems.length < KEPT) this.problems.push(problem);
  }

  report(): ExportReport {
    return {
      ok: this.problems.length === 0,
      problems: this.problems,
      entries: this.entries,
      ...(this.about !== undefined && { about: this.about }),
      ...(this.checkpoint && { checkpoint: this.checkpoint }),
      ...(this.key && { keyId: this.key.id }),
      keyIsTrusted: this.given !== undefined,
      witnessed: this.witnessed,
    };
  }

  async run(zip: ZipReader): Promise<void> {
    const inside = PublicKey.fromPem(await zip.text(PUBLIC_KEY));
    this.key = this.given ?? inside;
    if (inside.id !== this.key.id)
      this.problem({ file: PUBLIC_KEY, message: `the export was made with key ${inside.id}, not with ${this.key.id}` });

    const manifestText = await zip.text(MANIFEST);
    if (!this.key.verifies(signedManifest(Buffer.from(manifestText, 'utf8')), await zip.text(SIGNATURE)))
      this.problem({ file: SIGNATURE, message: 'the manifest is not signed with this key' });
    const content = manifest.parse(JSON.parse(manifestText));
    this.about = content.about;
    await this.checkFiles(zip, content);

    const signed = readCheckpoint(await zip.text(zip.has(CHECKPOINT) ? CHECKPOINT : FIRST_CHECKPOINT));
    if (!signed || !isSigned(signed, this.key))
      this.problem({ file: CHECKPOINT, message: 'the checkpoint is not signed with this key' });
    if (!signed) return;
    this.checkpoint = signed.checkpoint;
    if (signed.checkpoint.register !== content.register)
      this.problem({ file: CHECKPOINT, message: 'the checkpoint is that of another register' });
    await this.checkWitnesses(zip, signed);
    await this.checkEntries(zip, signed.checkpoint, content);
    if (zip.has(STAFF_ENTRIES)) await this.checkStaffEntries(zip, signed.checkpoint);
  }

  private async checkStaffEntries(zip: ZipReader, checkpoint: Checkpoint): Promise<void> {
    let line = 0;
    for await (const text of zip.lines(STAFF_ENTRIES)) {
      line += 1;
      const message = wrongStaffEntry(staffEntry.parse(JSON.parse(text)), checkpoint);
      if (message !== undefined) this.problem({ file: STAFF_ENTRIES, line, message });
    }
  }

  private async checkWitnesses(zip: ZipReader, signed: SignedCheckpoint): Promise<void> {
    const { keys, roots } = this.trusted;
    const cosigned = zip.has(COSIGNED) ? readCheckpoint(await zip.text(COSIGNED)) : undefined;
    for (const key of keys) {
      const word = witnessWord(signed, cosigned?.cosignatures ?? [], key);
      if (word) this.witnessed.push({ name: word.name, at: word.at });
      else this.problem({ file: COSIGNED, message: `${key.name} did not sign the checkpoint` });
    }
    if (roots === undefined) return;
    let stamped = 0;
    for (let number = 1; zip.has(timeStampFile(number)); number++) {
      const file = timeStampFile(number);
      try {
        this.witnessed.push({
          name: file,
          at: await timeStampedAt(writeOwnCheckpoint(signed), await zip.bytes(file), roots),
        });
        stamped += 1;
      } catch (error) {
        this.problem({ file, message: reason(error) });
      }
    }
    if (stamped === 0) this.problem({ file: CHECKPOINT, message: 'there is no time-stamp over the checkpoint' });
  }

  private async checkFiles(zip: ZipReader, content: Manifest): Promise<void> {
    const listed = new Set([...content.files.map(({ name }) => name), MANIFEST, SIGNATURE]);
    for (const name of zip.names)
      if (!listed.has(name)) this.problem({ file: name, message: 'the file is not in the manifest' });
    for (const { name, bytes, sha256 } of content.files) {
      const found = zip.has(name) ? await zip.measure(name) : undefined;
      if (!found) this.problem({ file: name, message: 'the file is missing' });
      else if (found.sha256 !== sha256 || found.bytes !== bytes)
        this.problem({ file: name, message: 'the file was changed' });
    }
  }

  private async checkEntries(zip: ZipReader, checkpoint: Checkpoint, content: Manifest): Promise<void> {
    let line = 0;
    for await (const text of zip.lines(ENTRIES)) {
      line += 1;
      const message = this.checkEntry(text, checkpoint);
      if (message !== undefined) this.problem({ file: ENTRIES, line, message });
    }
    this.entries = line;
    if (line !== content.entries)
      this.problem({ file: ENTRIES, message: `there are ${line} entries, the manifest says ${content.entries}` });
    for (const { stream, entries } of content.streams) {
      if (this.ends.get(stream)?.entries !== entries)
        this.problem({
          file: ENTRIES,
          message: `stream ${stream} has ${this.ends.get(stream)?.entries ?? 0} entries, the manifest says ${entries}`,
        });
    }
    if (this.ends.size !== content.streams.length)
      this.problem({ file: ENTRIES, message: 'there are entries of streams that the manifest does not name' });
  }

  /** @returns what is wrong with a line */
  private checkEntry(text: string, checkpoint: Checkpoint): string | undefined {
    const entry = exportedEntry.parse(JSON.parse(text));
    const bytes = Buffer.from(entry.body, 'utf8');
    const body = readBody(bytes);
    if (typeof body === 'string') return body;
    const before = this.ends.get(body.stream) ?? { entries: 0, hash: CHAIN_START };
    const hash = chainHash(fromHex(entry.previous), bytes);
    this.ends.set(body.stream, { entries: before.entries + 1, hash });
    if (entry.previous !== toHex(before.hash) || body.revision !== String(before.entries))
      return 'the entry does not follow the one before it in its stream';
    if (!isIncluded(leafHash(hash), entry.index, checkpoint.size, entry.proof.map(fromHex), fromHex(checkpoint.root)))
      return 'the entry is not in the log that the checkpoint vouches for';
    return wrongReading(entry, body);
  }
}

/** Why a file could not be read. The messages of parsers quote what they read, and that is personal. */
function reason(error: unknown): string {
  if (error instanceof SyntaxError) return 'a part of it is no JSON';
  if (error instanceof z.ZodError)
    return `a part of it has another form (${error.issues.map(({ path }) => path.join('.')).join(', ')})`;
  return error instanceof Error ? error.message : 'unknown';
}

/**
 * What is wrong with an employee's entry, in English; undefined where nothing is. Her stream is not whole here, so each
 * entry proves itself alone.
 */
export function wrongStaffEntry(
  { event, index, hash, proof, previous, body: bytes, entry }: StaffEntry,
  { size, root }: Checkpoint,
): string | undefined {
  if (!isIncluded(leafHash(fromHex(hash)), index, size, proof.map(fromHex), fromHex(root)))
    return 'the entry is not in the log that the checkpoint vouches for';
  if (bytes === undefined && entry === undefined) return undefined;
  if (bytes === undefined || previous === undefined) return 'what is to be read has no stored bytes beside it';
  const stored = Buffer.from(bytes, 'utf8');
  if (toHex(chainHash(fromHex(previous), stored)) !== hash) return 'the stored bytes are not those of the hash';
  const body = readBody(stored);
  if (typeof body === 'string') return body;
  return body.id === event && canonicalJson(entry ?? {}) === canonicalJson(entryWith(body, undefined))
    ? undefined
    : 'the readable entry is not what the stored bytes say';
}

/** Whether what is to be read is what the body says. */
function wrongReading({ revealed, seal, entry }: ExportedEntry, body: StoredBody): string | undefined {
  if (revealed && !isCommittedTo(body.commitment, revealed))
    return 'the readable values are not those that were sealed';
  if (seal === 'CLEAR' && !revealed && body.sealed !== undefined)
    return 'the sealed values are said to be readable, but are not there';
  if (revealed && seal !== 'CLEAR') return 'values are there that are said to be unreadable';
  const values = revealed ? (JSON.parse(revealed.json) as unknown[]) : undefined;
  return canonicalJson(entry) === canonicalJson(entryWith(body, values))
    ? undefined
    : 'the readable entry is not what the stored bytes say';
}
