import { MongoServerError, type Collection, type Document, type IndexDescription } from 'mongodb';
import { IndexInAnotherForm } from './failures.js';

const NO_SUCH_COLLECTION = 26;

/**
 * Makes the indexes that a collection lacks; on those that are there it changes nothing.
 * @throws IndexInAnotherForm when one of the same name has another form: somebody else made it, and questions would not
 * be served.
 */
export async function ensureIndexes<T extends Document>(
  collection: Collection<T>,
  wanted: readonly IndexDescription[],
): Promise<void> {
  const there = new Map((await existing(collection)).map((index) => [index.name, formOf(index)]));
  const missing = wanted.filter((index) => {
    const form = there.get(index.name);
    if (form !== undefined && form !== formOf(index))
      throw new IndexInAnotherForm(index.name ?? '', collection.collectionName);
    return form === undefined;
  });
  if (missing.length > 0) await collection.createIndexes([...missing]);
}

async function existing<T extends Document>(collection: Collection<T>): Promise<IndexDescription[]> {
  try {
    return (await collection.listIndexes().toArray()) as IndexDescription[];
  } catch (error) {
    if (error instanceof MongoServerError && error.code === NO_SUCH_COLLECTION) return [];
    throw error;
  }
}

function formOf(index: IndexDescription): string {
  const paths = index.key instanceof Map ? [...index.key.entries()] : Object.entries(index.key);
  return JSON.stringify([paths.map(([path, direction]) => [path, Number(direction)]), index.unique === true]);
}
