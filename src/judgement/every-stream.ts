import type { RegisterIndex } from './read-model.js';

const PAGE = 500;

/**
 * The ids of all streams of a category, in order of id, looked up in pages: memory stays bounded however many there are.
 * @param category as streams are named by: `unit`, `grant`
 */
export async function* everyStream(index: Pick<RegisterIndex, 'streams'>, category: string): AsyncGenerator<string> {
  for (let after: string | undefined; ;) {
    const page = await index.streams(category, { ...(after === undefined ? {} : { after }), limit: PAGE });
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1);
  }
}
