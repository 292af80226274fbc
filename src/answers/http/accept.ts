/**
 * Which of the media types a caller prefers by its `Accept` header (RFC 9110 §12.5.1), the first offered where several
 * are as good.
 * @returns undefined when it takes none of them
 */
export function preferred<T extends string>(accept: string | undefined, offered: readonly T[]): T | undefined {
  if (accept === undefined || accept.trim() === '') return offered[0];
  const ranges = accept.split(',').map((part) => {
    const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const profile = parameters.find((parameter) => parameter.startsWith('profile='))?.slice(8);
    // Of all parameters only a profile makes another type of it: one that is offered, or one that nobody has.
    const range = profile === undefined ? type : `${type};profile="${profile.replaceAll('"', '')}"`;
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    return { range, quality: quality === undefined ? 1 : Number(quality) };
  });
  const rated = offered
    .map((type) => ({ type, quality: qualityOf(type, ranges) }))
    .filter(({ quality }) => quality > 0);
  return rated.sort((a, b) => b.quality - a.quality)[0]?.type;
}

function qualityOf(type: string, ranges: readonly { readonly range: string; readonly quality: number }[]): number {
  // The most specific range decides, also when it is the less liked one.
  const wider = type.includes(';') ? [] : [`${type.split('/', 1)[0]}/*`, '*/*'];
  for (const range of [type, ...wider]) {
    const found = ranges.find((given) => given.range === range);
    if (found) return Number.isNaN(found.quality) ? 0 : found.quality;
  }
  return 0;
}
