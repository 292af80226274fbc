/** A value with its weight among others; weights are whole numbers of any sum. */
export type Weighted<T> = readonly (readonly [value: T, weight: number])[];

/** A range of whole numbers, both ends included. */
export type Range = readonly [from: number, to: number];

const TWO_32 = 4_294_967_296;
const WARM_UP = 12;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * Chance that is the same on every machine and every version of Node: sfc32 over 32-bit integers, seeded by a text.
 * Only integer operations and exact divisions are used, so no last digit of a floating-point function can differ.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter: number;

  /** @param seed any text; each text gives its own sequence. */
  constructor(seed: string) {
    [this.a, this.b, this.c, this.counter] = hash128(seed);
    for (let i = 0; i < WARM_UP; i += 1) this.next();
  }

  /** The next 32 bits as a whole number from 0 to 2³²−1. */
  next(): number {
    const t = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0;
    return t >>> 0;
  }

  /** A whole number from 0 up to, not including, `limit` (at most 2²⁰, so that the product stays exact). */
  below(limit: number): number {
    return Math.floor((this.next() * limit) / TWO_32);
  }

  /** A whole number of the range. */
  within(range: Range): number {
    return range[0] + this.below(range[1] - range[0] + 1);
  }

  /** True in `permille` of a thousand cases. */
  chance(permille: number): boolean {
    return this.below(1000) < permille;
  }

  /** One of the values, each as likely. @throws RangeError when there is none. */
  pick<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new RangeError('nothing to pick from');
    return value;
  }

  /** One of the values, each as likely as its weight. @throws RangeError when there is none. */
  weighted<T>(table: Weighted<T>): T {
    let left = this.below(table.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [value, weight] of table) {
      left -= weight;
      if (left < 0) return value;
    }
    throw new RangeError('an empty table of weights');
  }

  /** A number of the range that the table gives. */
  spread(table: Weighted<Range>): number {
    return this.within(this.weighted(table));
  }

  /** A UUID of the form of version 4, from the next 128 bits. */
  uuid(): string {
    const [w, x, y, z] = [this.next(), this.next(), this.next(), this.next()];
    const third = (x & 0x0fff) | 0x4000;
    const fourth = ((y >>> 16) & 0x3fff) | 0x8000;
    return `${hex32(w)}-${hex16(x >>> 16)}-${hex16(third)}-${hex16(fourth)}-${hex16(y & 0xffff)}${hex32(z)}`;
  }
}

function hex16(value: number): string {
  return `${HEX[value >>> 8]}${HEX[value & 0xff]}`;
}

function hex32(value: number): string {
  return hex16(value >>> 16) + hex16(value & 0xffff);
}

/** Four 32-bit words of a text (the public-domain hash cyrb128: multiplications of 32-bit integers only). */
function hash128(text: string): [number, number, number, number] {
  let [h1, h2, h3, h4] = [1_779_033_703, 3_144_134_277, 1_013_904_242, 2_773_480_762];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    h1 = h2 ^ Math.imul(h1 ^ code, 597_399_067);
    h2 = h3 ^ Math.imul(h2 ^ code, 2_869_860_233);
    h3 = h4 ^ Math.imul(h3 ^ code, 951_274_213);
    h4 = h1 ^ Math.imul(h4 ^ code, 2_716_044_179);
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597_399_067);
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2_869_860_233);
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951_274_213);
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2_716_044_179);
  return [h1 ^ h2 ^ h3 ^ h4, h2 ^ h1, h3 ^ h1, h4 ^ h1];
}
