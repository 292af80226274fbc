import { Binary, BSON, ObjectId, type Collection, type Document } from 'mongodb';
import type { Page, Puts } from './page.js';

/** A part of a page as it lies in the redo log. */
interface RedoDocument {
  readonly _id: ObjectId;
  readonly version: string;
  readonly page: string;
  readonly part: number;
  /** Deletes as BSON in a binary: their operators may not be names of fields. */
  readonly deletes?: readonly { readonly collection: string; readonly filter: Binary; readonly hint: string }[];
  readonly puts?: Puts;
}

/** Rows in one part: well below the 16 MiB of a document. */
const PART_BYTES = 4 * 1024 * 1024;
/** A page nobody claimed for so long was left by a writer that vanished before it counted. */
const ORPHAN_SECONDS = 3_600;

/**
 * Pages written down before they are carried out, so that any process can finish what another one began.
 * Only a server without transactions needs it.
 */
export class RedoLog {
  constructor(
    private readonly collection: Collection<RedoDocument>,
    private readonly version: string,
  ) {}

  /** The index by which pages are found; made with the version. */
  async prepare(): Promise<void> {
    await this.collection.createIndex({ version: 1, page: 1, part: 1 }, { name: 'by page' });
  }

  /** Writes a page down and gives the name under which it lies. */
  async record(page: Page): Promise<string> {
    const name = new ObjectId().toHexString();
    const deletes = page.deletes.map(({ collection, filter, hint }) => ({
      collection,
      filter: new Binary(BSON.serialize(filter)),
      hint,
    }));
    const parts: Pick<RedoDocument, 'deletes' | 'puts'>[] = [
      { deletes },
      ...page.puts.flatMap(inParts).map((puts) => ({ puts })),
    ];
    // One by one: a command may carry 48 MB, and the parts of a large page may be more.
    for (const [part, content] of parts.entries()) {
      await this.collection.insertOne({ _id: new ObjectId(), version: this.version, page: name, part, ...content });
    }
    return name;
  }

  async read(page: string): Promise<Page> {
    const parts = await this.collection.find({ version: this.version, page }, { sort: { part: 1 } }).toArray();
    return {
      deletes: parts
        .flatMap((part) => part.deletes ?? [])
        .map(({ collection, filter, hint }) => ({
          collection,
          filter: BSON.deserialize(filter.buffer, { promoteLongs: false, promoteValues: false }) as Document,
          hint,
        })),
      puts: parts.flatMap((part) => (part.puts ? [part.puts] : [])),
    };
  }

  async forget(page: string): Promise<void> {
    await this.collection.deleteMany({ version: this.version, page });
  }

  /** Removes pages that never counted. */
  async forgetOrphans(but: string | undefined): Promise<void> {
    const old = ObjectId.createFromTime(Math.floor(Date.now() / 1000) - ORPHAN_SECONDS);
    await this.collection.deleteMany({ version: this.version, _id: { $lt: old }, page: { $ne: but ?? '' } });
  }

  async forgetAll(): Promise<void> {
    await this.collection.deleteMany({ version: this.version });
  }
}

function inParts(puts: Puts): Puts[] {
  const parts: Document[][] = [];
  let bytes = PART_BYTES;
  for (const document of puts.documents) {
    const size = BSON.calculateObjectSize(document);
    if (bytes + size > PART_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(document);
    bytes += size;
  }
  return parts.map((documents) => ({ ...puts, documents }));
}
