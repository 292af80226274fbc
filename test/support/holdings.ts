import type { Register } from '../../src/app/register.js';

/** What the log and the views hold, in an order of its own. */
export async function holdings({
  store,
  projection,
  index,
}: Pick<Register, 'store' | 'projection' | 'index'>): Promise<unknown> {
  const log = await store.readLog({ limit: 1_000_000 });
  const rows = async (
    version: Register['projection']['version'],
    collections: readonly string[],
  ): Promise<Record<string, string[]>> => {
    const all: Record<string, string[]> = {};
    for (const collection of collections)
      all[collection] = (await version.find(collection, {})).map((row) => JSON.stringify(row)).sort();
    return all;
  };
  return {
    log: log.map(({ id, stream, revision, position, recordedAt }) =>
      [id, stream, String(revision), String(position), recordedAt].join(' '),
    ),
    index: {
      ...(await rows(index.view.version, ['streams', 'things', 'links', 'moments'])),
      position: String((await index.refresh()).position),
    },
    assessments: {
      ...(await rows(projection.view.version, ['episodes', 'stretches', 'waiting', 'parked'])),
      position: String((await projection.refresh()).position),
    },
  };
}
