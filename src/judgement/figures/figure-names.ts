/**
 * The figures of the supervisory report (contract §5). Every one is a count of episodes on a day; which figures an
 * episode
 * counts in is a set, kept as a bit mask, so that any report is a count of equal masks.
 */
const DECLARED = [
  ['population', 'Pågående insatser med skyldighet', 'Insatser'],
  ['accepted', 'Har tackat ja', 'Ja'],
  ['declined', 'Har tackat nej', 'Nej'],
  ['unanswered', 'Erbjudna utan svar', 'Utan svar'],
  ['unnecessary', 'Uppenbart obehövligt', 'Ej behov'],
  ['offerDue', 'Ej erbjudna, inom tid', 'Att erbjuda'],
  ['offerBreach', 'Ej erbjudna, för sent', 'Ej erbjuden'],
  ['offered', 'Erbjudna', 'Erbjudna'],
  ['unnecessaryReassess', 'Bedömning att ompröva', 'Att ompröva'],
  ['declinedWithoutReason', 'Nej utan skäl', 'Nej utan skäl'],
  ['withPrimary', 'Ja, med ordinarie kontakt', 'Med kontakt'],
  ['withoutPrimary', 'Ja, utan ordinarie kontakt', 'Utan kontakt'],
  ['planMet', 'Ja, plan finns', 'Plan finns'],
  ['planDue', 'Ja, plan inom tid', 'Plan inom tid'],
  ['planBreach', 'Ja, plan saknas', 'Plan saknas'],
  ['titleCertificate', 'Kontakt med bevis', 'Bevis'],
  ['titleTransition', 'Kontakt med övergångsregel', 'Över- gång'],
  ['titleBreach', 'Kontakt utan behörighet', 'Obe- hörig'],
  ['followUpMet', 'Uppföljning i tid', 'Uppföljd i tid'],
  ['followUpBreach', 'Uppföljning försenad', 'Uppf. försenad'],
] as const;

export type FigureName = (typeof DECLARED)[number][0];

export interface Figure {
  readonly name: FigureName;
  readonly bit: number;
  /** Swedish, for people. */
  readonly label: string;
  /** Swedish, for the head of a narrow column. */
  readonly short: string;
}

/** How many episodes count in each figure. */
export type FigureTotals = Readonly<Record<FigureName, number>>;

/** All figures, in the order in which a report shows them. */
export const FIGURES: readonly Figure[] = DECLARED.map(([name, label, short], index) => ({
  name,
  label,
  short,
  bit: 1 << index,
}));

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
  for (const { mask, count } of counts)
    for (const figure of FIGURES) if (mask & figure.bit) totals[figure.name] += count;
  return totals;
}
