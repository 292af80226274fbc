/**
 * The figures of the supervisory report (contract §5). Every one is a count of episodes on a day; in which figures an
 * episode counts is a set, kept as a {@link FigureSet}, so that any report is a count of equal sets.
 */

/** The tables of a report that people read; every figure stands in one of them, or in several. */
export type ReportTable = 'OFFERS' | 'CONTACTS' | 'PLANS' | 'ROUTINE';

/**
 * In the order in which a report shows them: name; bit, its place in stored sets, given once and for ever, never changed
 * and never given to another figure; label, and a short one for the head of a narrow column, both Swedish; the tables
 * that it stands in; whether the short form of a series shows it.
 */
const DECLARED = [
  ['population', 0, 'Pågående omsorg som omfattas av skyldigheten', 'Totalt', ['OFFERS'], true],
  ['accepted', 1, 'Har tackat ja', 'Ja', ['OFFERS', 'CONTACTS', 'PLANS'], true],
  ['declined', 2, 'Har tackat nej', 'Nej', ['OFFERS'], true],
  ['unanswered', 3, 'Erbjudna utan svar', 'Utan svar', ['OFFERS']],
  ['unnecessary', 4, 'Uppenbart obehövligt', 'Obehövligt', ['OFFERS']],
  ['offerDue', 5, 'Ej erbjudna, inom tid', 'Att erbjuda', ['OFFERS']],
  ['offerBreach', 6, 'Ej erbjudna, för sent', 'Ej erbjuden', ['OFFERS'], true],
  ['offered', 7, 'Erbjudna', 'Erbjudna', ['OFFERS']],
  ['unnecessaryReassess', 8, 'Bedömning att göra om', 'Bedöm på nytt', ['OFFERS']],
  ['declinedWithoutReason', 9, 'Nej utan orsak', 'Nej utan orsak', ['OFFERS']],
  ['withPrimary', 10, 'Ja, med ordinarie kontakt', 'Med kontakt', ['CONTACTS']],
  ['withoutPrimary', 11, 'Ja, utan ordinarie kontakt', 'Utan kontakt', ['CONTACTS'], true],
  ['planMet', 12, 'Ja, plan finns', 'Plan finns', ['PLANS']],
  ['planDeclined', 20, 'Ja, vill inte ha plan', 'Avböjd plan', ['PLANS']],
  ['planDue', 13, 'Ja, plan inom tid', 'Plan inom tid', ['PLANS']],
  ['planBreach', 14, 'Ja, plan saknas', 'Plan saknas', ['PLANS'], true],
  ['planOtherDue', 21, 'Ej ja, plan inom tid', 'Ej ja, inom tid', ['PLANS']],
  ['planOtherBreach', 22, 'Ej ja, plan saknas', 'Ej ja, saknas', ['PLANS']],
  ['titleCertificate', 15, 'Kontakt med bevis', 'Bevis', ['CONTACTS']],
  ['titleTransition', 16, 'Kontakt med övergångsregel', 'Övergångsregel', ['CONTACTS']],
  ['titleBreach', 17, 'Kontakt utan bevis och utan övergångsregel', 'Saknar bevis', ['CONTACTS'], true],
  ['titleAgainstPolicy', 23, 'Kontakt mot kommunens krav på titel', 'Mot rutin', ['CONTACTS']],
  ['contactPerson', 24, 'Med kontaktman (före lagkravet)', 'Kontaktman', ['CONTACTS']],
  ['followUpMet', 18, 'Uppföljning i tid', 'Uppföljd i tid', ['PLANS']],
  ['followUpBreach', 19, 'Uppföljning försenad', 'Uppf. försenad', ['PLANS'], true],
  ['answerLate', 25, 'Svar dröjer', 'Svar dröjer', ['ROUTINE']],
  ['assignedDue', 26, 'Kontakt att utse, inom tid', 'Att utse', ['CONTACTS']],
  ['assignedBreach', 27, 'Kontakt inte utsedd i tid', 'Ej utsedd', ['CONTACTS']],
  ['assignedWarning', 28, 'Kontakt trots nej', 'Trots nej', ['CONTACTS']],
  ['unnecessaryWarning', 29, 'Bedömning med brister', 'Bedömn. brister', ['ROUTINE']],
  ['declineReasonWarning', 30, 'Nej med enbart annan orsak', 'Orsak oklar', ['ROUTINE']],
  ['informedWarning', 31, 'Information inte fullständig', 'Info brister', ['ROUTINE']],
  ['namedWarning', 32, 'Kontakten inte införd i alla handlingar', 'Ej införd', ['ROUTINE']],
  ['deputyWarning', 33, 'Vice saknas vid frånvaro', 'Vice saknas', ['ROUTINE']],
  ['consentWarning', 34, 'Samtycke saknas', 'Samtycke saknas', ['ROUTINE']],
  ['bookedWarning', 35, 'Möte för genomgång inte bokat eller hållet', 'Möte saknas', ['ROUTINE']],
  ['agreedWithWarning', 36, 'Plan utan omsorgstagaren', 'Plan utan oms.tag.', ['ROUTINE']],
  ['notedWarning', 37, 'Anteckning i journalen saknas', 'Ej antecknat', ['ROUTINE']],
  ['appointedWarning', 38, 'Inte utsedd av enhetschefen', 'Ej av chef', ['ROUTINE']],
  ['changeWarning', 39, 'Önskemål om byte dröjer', 'Byte dröjer', ['ROUTINE']],
  ['startedInTimeWarning', 40, 'Omsorgen påbörjad för sent', 'Sen start', ['ROUTINE']],
  ['trainingBreach', 41, 'Kontakt utan utbildning', 'Utb. saknas', ['ROUTINE']],
  ['signedBreach', 42, 'Uppdragsbeskrivning inte undertecknad', 'Ej undertecknat', ['ROUTINE']],
  ['yearlyBreach', 43, 'Årlig uppföljning saknas', 'Årlig saknas', ['ROUTINE']],
  ['followUpDateBreach', 44, 'Plan utan dag för uppföljning', 'Dag saknas', ['ROUTINE']],
  ['firstContactBreach', 45, 'Första kontakt saknas', 'Första kontakt', ['ROUTINE']],
  ['planRenewedBreach', 46, 'Plan inte förnyad', 'Ej förnyad', ['ROUTINE']],
  ['riskBreach', 47, 'Riskbedömning saknas', 'Risk saknas', ['ROUTINE']],
] as const;

export type FigureName = (typeof DECLARED)[number][0];

export interface Figure {
  readonly name: FigureName;
  readonly bit: number;
  readonly label: string;
  readonly short: string;
  readonly tables: readonly ReportTable[];
  readonly inSeries: boolean;
}

/** How many episodes count in each figure. */
export type FigureTotals = Readonly<Record<FigureName, number>>;

/** All figures, in the order in which a report shows them. */
export const FIGURES: readonly Figure[] = DECLARED.map(([name, bit, label, short, tables, inSeries = false]) => ({
  name,
  bit,
  label,
  short,
  tables,
  inSeries,
}));

const BITS = new Map<FigureName, bigint>(FIGURES.map(({ name, bit }) => [name, 1n << BigInt(bit)]));
const BY_NAME = new Map(FIGURES.map((each) => [each.name as string, each]));

/** The figure with this name, or undefined when there is none. */
export function figureNamed(name: string): Figure | undefined {
  return BY_NAME.get(name);
}

/** A set of figures as it is stored and counted by: their bits as one number in hexadecimal. Equal sets are equal texts. */
export type FigureSet = string;

/** The set of these figures. */
export function figureSet(names: Iterable<FigureName>): FigureSet {
  let bits = 0n;
  for (const name of names) bits |= BITS.get(name) ?? 0n;
  return bits.toString(16);
}

const known = new Map<FigureSet, readonly FigureName[]>();

/** The figures of a set, in report order. A bit that no figure has is passed over. */
export function figuresIn(set: FigureSet): readonly FigureName[] {
  let names = known.get(set);
  if (!names) {
    const bits = BigInt(`0x${set}`);
    names = FIGURES.filter(({ bit }) => (bits >> BigInt(bit)) & 1n).map(({ name }) => name);
    known.set(set, names);
  }
  return names;
}

/** Adds up how many episodes have which set of figures. No counts give zeros. */
export function totalsOf(counts: Iterable<{ readonly figures: FigureSet; readonly count: number }>): FigureTotals {
  const totals = Object.fromEntries(FIGURES.map(({ name }) => [name, 0])) as Record<FigureName, number>;
  for (const { figures, count } of counts) for (const name of figuresIn(figures)) totals[name] += count;
  return totals;
}
