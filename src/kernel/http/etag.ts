import { httpProblems } from './http-problems.js';
import { Problem } from './problem.js';

/** The strong entity tag of a stream at a revision. */
export function etagOf(revision: bigint): string {
  return `"${revision}"`;
}

/** What a caller thinks that a stream looks like: any of these revisions, or whatever there is. */
export type IfMatch = 'ANY' | { readonly revisions: readonly bigint[] };

const LIST = /^(?:\s*(?:W\/)?"[\x21\x23-\x7E]*"\s*(?:,|$))+$/;
const TAG = /(W\/)?"([\x21\x23-\x7E]*)"/g;

/**
 * Reads `If-Match` (RFC 9110 §13.1.1). Tags that are weak, or were never ours, are well-formed but match nothing.
 * @returns undefined when the header is missing
 * @throws Problem IF_MATCH_MALFORMED
 */
export function parseIfMatch(header: string | undefined): IfMatch | undefined {
  if (header === undefined) return undefined;
  const value = header.trim();
  if (value === '*') return 'ANY';
  if (!LIST.test(value)) throw new Problem(httpProblems.IF_MATCH_MALFORMED);
  const strong = [...value.matchAll(TAG)].filter(
    ([, weak, tag]) => weak === undefined && tag !== undefined && /^\d{1,18}$/.test(tag),
  );
  return { revisions: strong.map(([, , tag]) => BigInt(tag ?? '')) };
}

/**
 * Makes sure that the caller saw the stream as it stands.
 * @throws Problem IF_MATCH_REQUIRED without the header, PRECONDITION_FAILED (with the current ETag) when it stands
 * elsewhere
 */
export function requireMatch(match: IfMatch | undefined, revision: bigint): void {
  if (match === undefined) throw new Problem(httpProblems.IF_MATCH_REQUIRED, { headers: { etag: etagOf(revision) } });
  if (match !== 'ANY' && !match.revisions.includes(revision)) throw staleProblem(revision);
}

function staleProblem(current: bigint): Problem {
  return new Problem(httpProblems.PRECONDITION_FAILED, {
    headers: { etag: etagOf(current) },
    members: { currentETag: etagOf(current) },
  });
}
