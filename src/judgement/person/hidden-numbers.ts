import { plainCharacters } from '../../facts/plain-characters.js';

/** What stands in a text where somebody wrote the number down. */
const HIDDEN = '[dolt nummer]';
/** So many characters that are neither letters nor digits may stand between two of a number. */
const WIDEST_GAP = 6;
const ASCII = /^[\x20-\x7e]$/;
const SIGNIFICANT = /[\p{L}\p{N}]/u;

/** A letter or digit of a text as it is compared, and where it stands in the text. */
interface Sign {
  readonly sign: string;
  readonly from: number;
  readonly to: number;
}

/** A number to be hidden. */
interface Wanted {
  /** Its letters and digits; of a personnummer or samordningsnummer the last ten. */
  readonly signs: string;
  /** The two before, which may be there or not. */
  readonly century?: string;
  /** What stands before its first and after its last letter or digit. */
  readonly around: { readonly before: string; readonly after: string };
}

/**
 * The text without the numbers, however each is written: with or without century, with whatever stands between its letters and digits, in
 * digits of whatever script.
 * @param numbers in the form in which numbers are compared
 */
export function withoutNumbers(text: string, numbers: Iterable<string>): string {
  const signs = signsOf(text);
  const spans = [...numbers].flatMap((number) => spansOf(wantedOf(number), text, signs));
  if (spans.length === 0) return text;
  let shown = '';
  let at = 0;
  for (const { from, to } of spans.toSorted((one, other) => one.from - other.from || other.to - one.to)) {
    if (from >= at) shown += text.slice(at, from) + HIDDEN;
    at = Math.max(at, to);
  }
  return shown + text.slice(at);
}

function wantedOf(number: string): Wanted {
  const ten = /^(\d{2})(\d{10})$/.exec(number);
  if (ten) return { signs: ten[2] ?? '', century: ten[1] ?? '', around: { before: '', after: '' } };
  const signs = signsOf(number);
  const [first, last] = [signs[0], signs.at(-1)];
  return {
    signs: signs.map(({ sign }) => sign).join(''),
    around: { before: number.slice(0, first?.from), after: last ? number.slice(last.to) : '' },
  };
}

/** The letters and digits of a text in the form in which they are compared; one character may be several (½) or none. */
function signsOf(text: string): Sign[] {
  const signs: Sign[] = [];
  let from = 0;
  for (const char of text) {
    const to = from + char.length;
    for (const plain of plainForm(char)) {
      // A unit at a time, so that places in the joined signs are places in this list.
      if (SIGNIFICANT.test(plain))
        for (let unit = 0; unit < plain.length; unit += 1) signs.push({ sign: plain.charAt(unit), from, to });
    }
    from = to;
  }
  return signs;
}

function plainForm(char: string): string {
  return ASCII.test(char) ? char.toUpperCase() : plainCharacters(char).normalize('NFKD').toUpperCase();
}

function spansOf(
  { signs: wanted, century, around }: Wanted,
  text: string,
  signs: readonly Sign[],
): { readonly from: number; readonly to: number }[] {
  const spans: { from: number; to: number }[] = [];
  if (wanted === '') return spans;
  const joined = signs.map(({ sign }) => sign).join('');
  const near = (at: number): boolean => (signs[at]?.from ?? 0) - (signs[at - 1]?.to ?? 0) <= WIDEST_GAP;
  for (let at = joined.indexOf(wanted); at !== -1; at = joined.indexOf(wanted, at + 1)) {
    let [start, end] = [at, at + wanted.length - 1];
    if (!everyBetween(start + 1, end, near)) continue;
    if (century !== undefined && joined.slice(Math.max(0, at - 2), at) === century && near(at - 1) && near(at))
      start -= 2;
    const from = (signs[start]?.from ?? 0) - lengthBefore(text, signs[start]?.from ?? 0, around.before);
    const to = (signs[end]?.to ?? 0) + (text.startsWith(around.after, signs[end]?.to ?? 0) ? around.after.length : 0);
    const continues = (neighbour: Sign | undefined, touches: boolean): boolean =>
      touches &&
      neighbour !== undefined &&
      (century === undefined || /\p{Nd}/u.test(text.slice(neighbour.from, neighbour.to)));
    if (
      continues(signs[start - 1], signs[start - 1]?.to === from) ||
      continues(signs[end + 1], signs[end + 1]?.from === to)
    )
      continue;
    spans.push({ from, to });
  }
  return spans;
}

function lengthBefore(text: string, at: number, before: string): number {
  return text.slice(0, at).endsWith(before) ? before.length : 0;
}

function everyBetween(from: number, to: number, holds: (at: number) => boolean): boolean {
  for (let at = from; at <= to; at += 1) if (!holds(at)) return false;
  return true;
}
