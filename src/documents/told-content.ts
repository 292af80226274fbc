/** A column of a table: its share of the width, and whether its numbers stand at its end. */
export interface ToldColumn {
  readonly title: string;
  readonly width: number;
  readonly end: boolean;
}

export interface ToldTable {
  readonly title: string;
  readonly columns: readonly ToldColumn[];
  readonly rows: readonly (readonly string[])[];
}

export type ToldFacts = readonly (readonly [label: string, value: string])[];

/** A section of a document, in the order in which its parts stand. */
export interface ToldSection {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly facts: ToldFacts;
  readonly tables: readonly ToldTable[];
  /** What is given word for word, to be typed off or compared. */
  readonly verbatim: readonly string[];
}

/** What the templates that tell in sections are filled with (`told.typ`). Swedish throughout. */
export interface ToldContent {
  readonly facts: ToldFacts;
  /** What must not be overlooked. */
  readonly remarks: readonly string[];
  readonly sections: readonly ToldSection[];
}

/** A section of which only some parts are there. */
export function toldSection(title: string, parts: Partial<Omit<ToldSection, 'title'>>): ToldSection {
  return { title, paragraphs: [], facts: [], tables: [], verbatim: [], ...parts };
}

/** A table of columns of text. @param columns each with its share of the width */
export function toldTable(
  columns: readonly (readonly [title: string, width: number])[],
  rows: ToldTable['rows'],
  title = '',
): ToldTable {
  return { title, columns: columns.map(([words, width]) => ({ title: words, width, end: false })), rows };
}
