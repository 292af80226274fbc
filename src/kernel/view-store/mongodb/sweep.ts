import type { Collection, Db } from 'mongodb';
import { WRITTEN } from './documents.js';
import type { VersionDocument } from './version-document.js';

/** No command is under way for so long: a row of an abandoned write that is not there by now will never come. */
const LATEST_MS = 3_600_000;

/** Removes the rows that vanished runners wrote too late, and forgets the numbers of their writes. */
export async function sweepAbandoned(
  db: Db,
  versions: Collection<VersionDocument>,
  document: VersionDocument,
  nameOf: (collection: string) => string,
): Promise<void> {
  const abandoned = document.abandoned ?? [];
  const before = Date.now() - LATEST_MS;
  const old = abandoned.filter((one) => one.at.getTime() < before).map((one) => one.seq);
  if (old.length === 0) return;
  for (const collection of Object.keys(document.layouts))
    await db.collection(nameOf(collection)).deleteMany({ [WRITTEN]: { $in: old } });
  // Only if nobody wrote meanwhile: otherwise the next who opens the version does it.
  await versions.updateOne(
    { _id: document._id, seq: document.seq },
    { $set: { abandoned: abandoned.filter((one) => !old.includes(one.seq)) } },
  );
}
