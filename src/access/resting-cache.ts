import { LRUCache } from 'lru-cache';

interface Kept<V> {
  readonly value: V;
  readonly rests: ReadonlySet<string>;
}

/** Values that were worked out from streams, each kept until something happens on one of the streams it rests on. */
export class RestingCache<V> {
  private readonly values: LRUCache<string, Kept<V>>;
  private readonly keysByStream = new Map<string, Set<string>>();

  /** @param most how many values are kept */
  constructor(most: number) {
    this.values = new LRUCache({ max: most, dispose: ({ rests }, key) => this.letGo(key, rests) });
  }

  /** @returns undefined where nothing is kept; a kept value that is undefined is told as `{ value: undefined }` */
  get(key: string): { readonly value: V } | undefined {
    return this.values.get(key);
  }

  set(key: string, value: V, rests: ReadonlySet<string>): void {
    this.values.delete(key);
    this.values.set(key, { value, rests });
    for (const stream of rests) {
      const keys = this.keysByStream.get(stream) ?? new Set();
      this.keysByStream.set(stream, keys.add(key));
    }
  }

  /** Forgets what rests on a stream. */
  touch(stream: string): void {
    for (const key of this.keysByStream.get(stream) ?? []) this.values.delete(key);
  }

  clear(): void {
    this.values.clear();
    this.keysByStream.clear();
  }

  private letGo(key: string, rests: ReadonlySet<string>): void {
    for (const stream of rests) {
      const keys = this.keysByStream.get(stream);
      keys?.delete(key);
      if (keys?.size === 0) this.keysByStream.delete(stream);
    }
  }
}
