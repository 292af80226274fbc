import { describe, expect, it } from '@jest/globals';
import { etagOf, type IfMatch, parseIfMatch, requireMatch } from './etag.js';
import { Problem } from './problem.js';

/** The code that is answered, or undefined when the caller may go on. */
function codeOf(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error.type.code;
    throw error;
  }
  return undefined;
}

const at = (match: IfMatch | undefined, revision: bigint) => codeOf(() => requireMatch(match, revision));

describe('If-Match', () => {
  it('lets through who saw the stream as it stands', () => {
    expect(at(parseIfMatch(etagOf(3n)), 3n)).toBeUndefined();
    expect(at(parseIfMatch(' "1", "3" '), 3n)).toBeUndefined();
    expect(at(parseIfMatch('*'), 3n)).toBeUndefined();
  });

  it('stops who saw another revision', () => expect(at(parseIfMatch('"2"'), 3n)).toBe('PRECONDITION_FAILED'));
  it('compares strongly: a weak tag matches nothing', () =>
    expect(at(parseIfMatch('W/"3"'), 3n)).toBe('PRECONDITION_FAILED'));
  it('knows that a foreign tag matches nothing', () =>
    expect(at(parseIfMatch('"abc"'), 3n)).toBe('PRECONDITION_FAILED'));
  it('is required', () => expect(at(parseIfMatch(undefined), 3n)).toBe('IF_MATCH_REQUIRED'));

  it.each(['3', '', '"3', '"1" "3"', 'x"3"', '"1",,"3"'])('refuses %j as malformed', (header) =>
    expect(codeOf(() => parseIfMatch(header))).toBe('IF_MATCH_MALFORMED'),
  );

  it('tells the current tag', () => {
    try {
      requireMatch(parseIfMatch('"2"'), 3n);
      throw new Error('it was let through');
    } catch (error) {
      expect(error).toMatchObject({ occurrence: { headers: { etag: '"3"' }, members: { currentETag: '"3"' } } });
    }
  });
});
