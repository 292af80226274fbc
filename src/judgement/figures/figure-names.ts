/**
 * The figures of the supervisory report (contract §5). Every one is a count of episodes on a day; in which figures an
 * episode counts is a set, kept as a {@link FigureSet}, so that any report is a count of equal sets.
 */

/** The tables of a report that people read; every figure stands in one of them, or in several. */
export type ReportTable = 'OFFERS' | 'CONTACTS' | 'PLANS' | 'ROUTINE';

interface Declared {
  /** Its place in stored sets. Given once and for ever: never changed, never given to another figure. */
  readonly bit: number;
  /** Swedish, for people. */
  readonly label: string;
  /** Swedish, for the head of a narrow column. */
  readonly short: string;
  readonly tables: readonly ReportTable[];
  /** Shown in the short form of a series. */
  readonly inSeries?: true;
}

const figure = (bit: number, label: string, short: string, ...tables: readonly ReportTable[]): Declared => ({
  bit,
  label,
  short,
  tables,
});
const watched = (bit: number, label: string, short: string, ...tables: readonly ReportTable[]): Declared => ({
  ...figure(bit, label, short, ...tables),
  inSeries: true,
});

/** In the order in which a report shows them. */
const DECLARED = {
  population: watched(0, 'Pågående omsorgsperioder med skyldighet', 'Totalt', 'OFFERS'),
  accepted: watched(1, 'Har tackat ja', 'Ja', 'OFFERS', 'CONTACTS', 'PLANS'),
  declined: watched(2, 'Har tackat nej', 'Nej', 'OFFERS'),
  unanswered: figure(3, 'Erbjudna utan svar', 'Utan svar', 'OFFERS'),
  unnecessary: figure(4, 'Uppenbart obehövligt', 'Ej behov', 'OFFERS'),
  offerDue: figure(5, 'Ej erbjudna, inom tid', 'Att erbjuda', 'OFFERS'),
  offerBreach: watched(6, 'Ej erbjudna, för sent', 'Ej erbjuden', 'OFFERS'),
  offered: figure(7, 'Erbjudna', 'Erbjudna', 'OFFERS'),
  unnecessaryReassess: figure(8, 'Bedömning att ompröva', 'Att ompröva', 'OFFERS'),
  declinedWithoutReason: figure(9, 'Nej utan orsak', 'Nej utan orsak', 'OFFERS'),
  withPrimary: figure(10, 'Ja, med ordinarie kontakt', 'Med kontakt', 'CONTACTS'),
  withoutPrimary: watched(11, 'Ja, utan ordinarie kontakt', 'Utan kontakt', 'CONTACTS'),
  planMet: figure(12, 'Ja, plan finns', 'Plan finns', 'PLANS'),
  planDeclined: figure(20, 'Ja, vill inte ha plan', 'Avböjd plan', 'PLANS'),
  planDue: figure(13, 'Ja, plan inom tid', 'Plan inom tid', 'PLANS'),
  planBreach: watched(14, 'Ja, plan saknas', 'Plan saknas', 'PLANS'),
  planOtherDue: figure(21, 'Ej ja, plan inom tid', 'Ej ja, inom tid', 'PLANS'),
  planOtherBreach: figure(22, 'Ej ja, plan saknas', 'Ej ja, saknas', 'PLANS'),
  titleCertificate: figure(15, 'Kontakt med bevis', 'Bevis', 'CONTACTS'),
  titleTransition: figure(16, 'Kontakt med övergångsregel', 'Över- gång', 'CONTACTS'),
  titleBreach: watched(17, 'Kontakt utan behörighet enligt lagen', 'Obe- hörig', 'CONTACTS'),
  titleAgainstPolicy: figure(23, 'Kontakt mot kommunens krav på titel', 'Mot rutin', 'CONTACTS'),
  contactPerson: figure(24, 'Med kontaktman (före lagkravet)', 'Kontakt- man', 'CONTACTS'),
  followUpMet: figure(18, 'Uppföljning i tid', 'Uppföljd i tid', 'PLANS'),
  followUpBreach: watched(19, 'Uppföljning försenad', 'Uppf. försenad', 'PLANS'),
  answerLate: figure(25, 'Svar dröjer', 'Svar dröjer', 'ROUTINE'),
  assignedDue: figure(26, 'Kontakt att utse, inom tid', 'Att utse', 'CONTACTS'),
  assignedBreach: figure(27, 'Kontakt inte utsedd i tid', 'Ej utsedd', 'CONTACTS'),
  assignedWarning: figure(28, 'Kontakt trots nej', 'Trots nej', 'CONTACTS'),
  unnecessaryWarning: figure(29, 'Bedömning med brister', 'Bedömn. brister', 'ROUTINE'),
  declineReasonWarning: figure(30, 'Nej med enbart annan orsak', 'Orsak oklar', 'ROUTINE'),
  informedWarning: figure(31, 'Information inte fullständig', 'Info brister', 'ROUTINE'),
  namedWarning: figure(32, 'Kontakten inte införd i alla handlingar', 'Ej införd', 'ROUTINE'),
  deputyWarning: figure(33, 'Vice saknas vid frånvaro', 'Vice saknas', 'ROUTINE'),
  consentWarning: figure(34, 'Samtycke saknas', 'Samtycke saknas', 'ROUTINE'),
  bookedWarning: figure(35, 'Möte för genomgång inte bokat eller hållet', 'Möte saknas', 'ROUTINE'),
  agreedWithWarning: figure(36, 'Plan utan omsorgstagaren', 'Plan utan oms.tag.', 'ROUTINE'),
  notedWarning: figure(37, 'Anteckning i journalen saknas', 'Ej antecknat', 'ROUTINE'),
  appointedWarning: figure(38, 'Inte utsedd av enhetschefen', 'Ej av chef', 'ROUTINE'),
  changeWarning: figure(39, 'Önskemål om byte dröjer', 'Byte dröjer', 'ROUTINE'),
  startedInTimeWarning: figure(40, 'Omsorgen påbörjad för sent', 'Sen start', 'ROUTINE'),
  trainingBreach: figure(41, 'Kontakt utan utbildning', 'Utb. saknas', 'ROUTINE'),
  signedBreach: figure(42, 'Uppdragsbeskrivning inte undertecknad', 'Ej under- tecknat', 'ROUTINE'),
  yearlyBreach: figure(43, 'Årlig uppföljning saknas', 'Årlig saknas', 'ROUTINE'),
  followUpDateBreach: figure(44, 'Plan utan dag för uppföljning', 'Dag saknas', 'ROUTINE'),
  firstContactBreach: figure(45, 'Första kontakt saknas', 'Första kontakt', 'ROUTINE'),
  planRenewedBreach: figure(46, 'Plan inte förnyad', 'Ej förnyad', 'ROUTINE'),
  riskBreach: figure(47, 'Riskbedömning saknas', 'Risk saknas', 'ROUTINE'),
} as const satisfies Readonly<Record<string, Declared>>;

export type FigureName = keyof typeof DECLARED;

export interface Figure extends Declared {
  readonly name: FigureName;
}

/** How many episodes count in each figure. */
export type FigureTotals = Readonly<Record<FigureName, number>>;

/** All figures, in the order in which a report shows them. */
export const FIGURES: readonly Figure[] = Object.entries(DECLARED).map(([name, declared]) => ({
  ...declared,
  name: name as FigureName,
}));

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
  for (const name of names) bits |= 1n << BigInt(DECLARED[name].bit);
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
