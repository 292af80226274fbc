import { canonicalJson } from '../../kernel/event-sourcing/canonical-json.js';
import {
  originIn,
  type SignedCheckpoint,
  writeCheckpoint,
  writeOwnCheckpoint,
} from '../../kernel/integrity/checkpoint.js';
import type { SigningKey } from '../../kernel/integrity/signing-key.js';
import type { Clock } from '../../kernel/time/clock.js';
import {
  CHECKPOINT,
  COSIGNED,
  ENTRIES,
  JUDGEMENT,
  STAFF_ENTRIES,
  MANIFEST,
  type Manifest,
  NOTE_KEY,
  PUBLIC_KEY,
  README,
  SIGNATURE,
  TEXT,
  signedManifest,
  timeStampFile,
} from './export-format.js';
import { type BesidePerson, staffLines } from './beside-person.js';
import { type EntrySource, ExportedEntries } from './exported-entries.js';
import { readme } from './readme.js';
import { entryLines } from '../../answers/text/entry-text.js';
import type { Names } from '../../answers/text/names.js';
import { entryOf } from '../../answers/timeline/timeline.js';
import { entryStatuses } from '../../compliance-rules/resolve-entries.js';
import type { OpenedEvent } from '../../kernel/event-sourcing/event-log.js';
import { type WrittenPart, type ZipPart, writeZip } from './zip-writer.js';

export interface ExportRequest {
  /** What the export is about, e.g. `recipient <uuid>`; no personal data. */
  readonly about: string;
  /** The streams in the order in which they are to stand; one without entries is left out. */
  readonly streams: readonly string[];
  /** The ZIP file to be made. */
  readonly out: string;
  /** Of one person: what is told besides. @param upTo the checkpoint's last log position */
  readonly beside?: (upTo: bigint) => Promise<BesidePerson>;
  /** Called with the number of entries so far. */
  readonly onProgress?: (entries: number) => void;
}

export interface ExportDependencies extends EntrySource {
  readonly signingKey: SigningKey;
  readonly clock: Clock;
  /** Shows the checkpoint to witnesses, and gives what they answered in time. */
  readonly show: (signed: SignedCheckpoint) => Promise<{
    readonly signed: SignedCheckpoint;
    readonly timeStamps: readonly Uint8Array[];
  }>;
  /** What entries of one stream, and all that they speak of, are called. */
  readonly namesOf: (entries: readonly OpenedEvent[]) => Promise<Names>;
}

const VALID = { status: 'VALID', disputedBy: [] } as const;

export interface ExportResult {
  readonly entries: number;
  readonly streams: number;
  readonly checkpointSize: number;
  readonly keyId: string;
}

/**
 * Writes an export for an inspector: whole streams, readable, with the proof that each entry stands in the log that the
 * checkpoint vouches for. The log is sealed first, so that everything in it is under a checkpoint.
 * @throws RangeError when there is nothing to export, EventStoreError, KeyStoreError, IntegrityError, or the file
 * system's error
 */
export async function exportStreams(
  { about, streams, out, beside, onProgress }: ExportRequest,
  dependencies: ExportDependencies,
): Promise<ExportResult> {
  const { notary, signingKey, clock, namesOf } = dependencies;
  const signed = await notary.seal();
  if (!signed) throw new RangeError('the log is empty');
  const { checkpoint } = signed;
  const shown = await dependencies.show(signed);
  const source = new ExportedEntries(dependencies, checkpoint);
  const told = await beside?.(BigInt(checkpoint.lastPosition));
  const counts = new Map<string, number>();
  const written: WrittenPart[] = [];
  const publicKey = signingKey.publicKey;
  let entries = 0;
  let manifestText = '';

  async function* provenLines(): AsyncGenerator<string> {
    for (const stream of streams) {
      for await (const entry of source.withProofs(stream)) {
        counts.set(stream, (counts.get(stream) ?? 0) + 1);
        entries += 1;
        onProgress?.(entries);
        yield `${canonicalJson(entry)}\n`;
      }
    }
    if (entries === 0) throw new RangeError('there is nothing to export');
  }

  async function* text(): AsyncGenerator<string> {
    for (const stream of counts.keys()) {
      yield `\n${stream}\n${'='.repeat(stream.length)}\n`;
      yield* toldEntries(await all(source.opened(stream)));
    }
    if (told)
      for (const history of told.staff) {
        yield `\n${history.stream}: det som uppdragen vilar på\n`;
        const statuses = entryStatuses(history.events);
        for (const event of history.events)
          if (history.told.has(event.id))
            yield `\n${entryLines(entryOf(event, statuses.get(event.id) ?? VALID, false, history.staff), told.names).join('\n')}`;
      }
  }

  async function* staffOf({ staff }: BesidePerson): AsyncGenerator<string> {
    for (const history of staff) yield* staffLines(history, dependencies, checkpoint);
  }

  async function* toldEntries(events: readonly OpenedEvent[]): AsyncGenerator<string> {
    const names = await namesOf(events);
    const statuses = entryStatuses(events);
    for (const event of events)
      yield `\n${entryLines(entryOf(event, statuses.get(event.id) ?? VALID, false), names).join('\n')}`;
  }

  function* manifestLines(): Generator<string> {
    const content: Manifest = {
      format: 'fok-export-v1',
      register: checkpoint.register,
      about,
      createdAt: clock.now(),
      keyId: publicKey.id,
      entries,
      streams: [...counts].map(([stream, count]) => ({ stream, entries: count })),
      files: written.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
    };
    manifestText = canonicalJson(content);
    yield manifestText;
  }

  const parts: ZipPart[] = [
    { name: README, content: () => [readme(publicKey.id)] },
    { name: ENTRIES, content: provenLines },
    { name: TEXT, content: text },
    ...(told
      ? [
          { name: STAFF_ENTRIES, content: () => staffOf(told) },
          { name: JUDGEMENT, content: () => [told.judgement] },
        ]
      : []),
    { name: CHECKPOINT, content: () => [writeOwnCheckpoint(signed)] },
    ...(shown.signed.cosignatures?.length ? [{ name: COSIGNED, content: () => [writeCheckpoint(shown.signed)] }] : []),
    ...shown.timeStamps.map((stamp, index) => ({ name: timeStampFile(index + 1), content: () => [stamp] })),
    { name: PUBLIC_KEY, content: () => [publicKey.toPem()] },
    { name: NOTE_KEY, content: () => [`${publicKey.forNotes(originIn(checkpoint))}\n`] },
    { name: MANIFEST, content: manifestLines },
    { name: SIGNATURE, content: () => [signingKey.sign(signedManifest(Buffer.from(manifestText, 'utf8')))] },
  ];
  await writeZip(out, parts, written);
  return { entries, streams: counts.size, checkpointSize: checkpoint.size, keyId: publicKey.id };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
