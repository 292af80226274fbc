/** A table of codes: what stands in the log, and the Swedish words that people read instead. */
export type Codes = Readonly<Record<string, string>>;

/** One of the codes of a table. */
export type CodeOf<C extends Codes> = keyof C & string;

/** The codes of a table, in its order. */
export function codesOf<C extends Codes>(codes: C): [CodeOf<C>, ...CodeOf<C>[]] {
  return Object.keys(codes) as [CodeOf<C>, ...CodeOf<C>[]];
}
