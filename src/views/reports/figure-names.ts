/**
 * The figures of the supervisory report (contract §5). Every one is a count of episodes on a day; which figures an episode
 * counts in is a set, kept as a bit mask, so that any report is a count of equal masks.
 */
const DECLARED = [
  ['population', 'Pågående insatser med skyldighet'],
  ['accepted', 'Har tackat ja'],
  ['declined', 'Har tackat nej'],
  ['unanswered', 'Erbjudna utan svar'],
  ['unnecessary', 'Uppenbart obehövligt'],
  ['offerDue', 'Ej erbjudna, inom tid'],
  ['offerBreach', 'Ej erbjudna, för sent'],
  ['offered', 'Erbjudna'],
  ['unnecessaryReassess', 'Bedömning att ompröva'],
  ['declinedWithoutReason', 'Nej utan skäl'],
  ['withPrimary', 'Ja, med ordinarie kontakt'],
  ['withoutPrimary', 'Ja, utan ordinarie kontakt'],
  ['planMet', 'Ja, plan finns'],
  ['planDue', 'Ja, plan inom tid'],
  ['planBreach', 'Ja, plan saknas'],
  ['titleCertificate', 'Kontakt med bevis'],
  ['titleTransition', 'Kontakt med övergångsregel'],
  ['titleBreach', 'Kontakt utan behörighet'],
  ['followUpMet', 'Uppföljning i tid'],
  ['followUpBreach', 'Uppföljning försenad'],
] as const;

export type FigureName = (typeof DECLARED)[number][0];

export interface Figure {
  readonly name: FigureName;
  readonly bit: number;
  /** Swedish, for people. */
  readonly label: string;
}

/** How many episodes count in each figure. */
export type FigureTotals = Readonly<Record<FigureName, number>>;

/** All figures, in the order in which a report shows them. */
export const FIGURES: readonly Figure[] = DECLARED.map(([name, label], index) => ({ name, label, bit: 1 << index }));

const BY_NAME = new Map(FIGURES.map((figure) => [figure.name as string, figure]));

/** The bit of a figure. */
export function bitOf(name: FigureName): number {
  return 1 << DECLARED.findIndex(([declared]) => declared === name);
}

/** The figure with this name, or undefined when there is none. */
export function figureNamed(name: string): Figure | undefined {
  return BY_NAME.get(name);
}

/** The names of the figures in a mask, in report order. */
export function figuresIn(mask: number): FigureName[] {
  return FIGURES.filter((figure) => mask & figure.bit).map((figure) => figure.name);
}

/** Adds up how many episodes have which set of figures. No counts give zeros. */
export function totalsOf(counts: Iterable<{ readonly mask: number; readonly count: number }>): FigureTotals {
  const totals = Object.fromEntries(FIGURES.map((figure) => [figure.name, 0])) as Record<FigureName, number>;
  for (const { mask, count } of counts) for (const figure of FIGURES) if (mask & figure.bit) totals[figure.name] += count;
  return totals;
}
