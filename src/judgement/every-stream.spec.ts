import { expect, it } from '@jest/globals';
import { everyStream } from './every-stream.js';

it.each([0, 1, 499, 500, 501, 1000, 1001])('tells each of %d streams once, in order of id', async (count) => {
  const ids = Array.from({ length: count }, (_, n) => String(n).padStart(5, '0'));
  const index = {
    streams: (category: string, { after = '', limit }: { readonly after?: string; readonly limit: number }) =>
      Promise.resolve(category === 'unit' ? ids.filter((id) => id > after).slice(0, limit) : []),
  };
  const told: string[] = [];
  for await (const id of everyStream(index, 'unit')) told.push(id);
  expect(told).toEqual(ids);
});
