import type { FigureName } from './figure-names.js';

/** Whether a figure tells of what the law asks, or of what the municipality has decided itself. The two are never added. */
export type FigureBasis = 'LAW' | 'ROUTINE';

type Definition = readonly [basis: FigureBasis, definition: string];

const WARNED = 'Omsorgsperioder med anmärkning enligt kommunens rutin:';
const LACKING = 'Omsorgsperioder med brist mot kommunens rutin:';

/** What each figure counts, in Swedish, for whoever reads a report and was not there when it was made. */
export const FIGURE_DEFINITIONS: Readonly<Record<FigureName, Definition>> = {
  population: [
    'LAW',
    'Omsorgsperioder som pågår på rapportens dag och omfattas av skyldigheten att erbjuda en fast omsorgskontakt. Summan av har tackat ja, har tackat nej, erbjudna utan svar, uppenbart obehövligt, ej erbjudna inom tid och ej erbjudna för sent; var och en räknas i den första som passar, i den ordningen.',
  ],
  accepted: ['LAW', 'Det svar som gäller på dagen är ja.'],
  declined: ['LAW', 'Det svar som gäller på dagen är nej.'],
  unanswered: ['LAW', 'Har erbjudits en fast omsorgskontakt, och inget svar gäller på dagen.'],
  unnecessary: [
    'LAW',
    'Inte erbjudna: en fast omsorgskontakt har bedömts vara uppenbart obehövlig och bedömningen gäller.',
  ],
  offerDue: [
    'LAW',
    'Inte erbjudna, men den tid som kommunen har satt som mål är inte ute. Lagen anger inget antal dagar.',
  ],
  offerBreach: [
    'LAW',
    'Inte erbjudna, och den tid som kommunen har satt som mål är ute. Lagen anger inget antal dagar.',
  ],
  offered: ['LAW', 'Har tackat ja, har tackat nej eller är erbjudna utan svar.'],
  unnecessaryReassess: [
    'ROUTINE',
    'Av ej erbjudna: bedömningen att kontakten är uppenbart obehövlig gäller inte längre och ska göras om.',
  ],
  declinedWithoutReason: ['ROUTINE', 'Av dem som har tackat nej: ingen orsak är dokumenterad.'],
  withPrimary: ['ROUTINE', 'Av dem som har tackat ja: en ordinarie kontakt är utsedd.'],
  withoutPrimary: ['ROUTINE', 'Av dem som har tackat ja: ingen ordinarie kontakt är utsedd.'],
  planMet: ['ROUTINE', 'Av dem som har tackat ja: en genomförandeplan finns.'],
  planDeclined: ['ROUTINE', 'Av dem som har tackat ja: omsorgstagaren vill inte ha någon plan.'],
  planDue: ['ROUTINE', 'Av dem som har tackat ja: ingen plan finns, men tiden för den är inte ute.'],
  planBreach: ['ROUTINE', 'Av dem som har tackat ja: ingen plan finns, och tiden för den är ute.'],
  planOtherDue: ['ROUTINE', 'Av dem som inte har tackat ja: kommunen kräver plan, och tiden för den är inte ute.'],
  planOtherBreach: ['ROUTINE', 'Av dem som inte har tackat ja: kommunen kräver plan, och tiden för den är ute.'],
  titleCertificate: [
    'LAW',
    'Den ordinarie kontakten har bevis om rätt att använda yrkestiteln undersköterska. Noll före den 1 juli 2023.',
  ],
  titleTransition: ['LAW', 'Den ordinarie kontakten omfattas av övergångsregeln i lagen. Noll före den 1 juli 2023.'],
  titleBreach: [
    'LAW',
    'Den ordinarie kontakten har varken bevis eller stöd i övergångsregeln där lagen kräver det. Noll före den 1 juli 2023.',
  ],
  titleAgainstPolicy: [
    'ROUTINE',
    'Den ordinarie kontakten uppfyller inte kommunens eget krav på titel där lagen inte ställer något.',
  ],
  contactPerson: [
    'ROUTINE',
    'Har en kontaktman från tiden före lagkravet, och har inte tackat ja till en fast omsorgskontakt.',
  ],
  followUpMet: ['ROUTINE', 'Av alla med en överenskommen plan: uppföljningen av den är i tid.'],
  followUpBreach: ['ROUTINE', 'Av alla med en överenskommen plan: uppföljningen är försenad.'],
  answerLate: ['ROUTINE', `${WARNED} svaret på erbjudandet dröjer längre än kommunen har bestämt.`],
  assignedDue: ['ROUTINE', 'Har tackat ja och saknar kontakt, men tiden för att utse en är inte ute.'],
  assignedBreach: ['ROUTINE', 'Har tackat ja och saknar kontakt, och tiden för att utse en är ute.'],
  assignedWarning: ['ROUTINE', 'Har tackat nej, men en kontakt är utsedd.'],
  unnecessaryWarning: ['ROUTINE', `${WARNED} bedömningen att kontakten är uppenbart obehövlig är inte fullständig.`],
  declineReasonWarning: ['ROUTINE', `${WARNED} orsaken till nej är enbart ”annan orsak”.`],
  informedWarning: ['ROUTINE', `${WARNED} informationen vid det fysiska mötet är inte fullständig.`],
  namedWarning: ['ROUTINE', `${WARNED} kontakten är inte införd i journal, genomförandeplan och personbild.`],
  deputyWarning: ['ROUTINE', `${WARNED} den ordinarie kontakten är frånvarande och ingen vice finns.`],
  consentWarning: ['ROUTINE', `${WARNED} samtycke saknas till någon som deltar.`],
  bookedWarning: ['ROUTINE', `${WARNED} mötet för genomgång är inte bokat eller inte hållet.`],
  agreedWithWarning: ['ROUTINE', `${WARNED} planen är inte upprättad eller uppföljd tillsammans med omsorgstagaren.`],
  notedWarning: ['ROUTINE', `${WARNED} svar, bedömning eller möte är inte antecknat i journalen.`],
  appointedWarning: ['ROUTINE', `${WARNED} kontakten är inte utsedd av enhetschefen.`],
  changeWarning: ['ROUTINE', `${WARNED} ett önskemål om byte av kontakt är inte omhändertaget i tid.`],
  startedInTimeWarning: ['ROUTINE', `${WARNED} beslutade insatser påbörjades senare än kommunen har bestämt.`],
  trainingBreach: ['ROUTINE', `${LACKING} kontakten har inte genomfört utbildningen för uppdraget.`],
  signedBreach: ['ROUTINE', `${LACKING} uppdragsbeskrivningen är inte undertecknad.`],
  yearlyBreach: ['ROUTINE', `${LACKING} uppdraget är inte uppföljt med medarbetaren det senaste året.`],
  followUpDateBreach: ['ROUTINE', `${LACKING} planen anger ingen dag för uppföljning.`],
  firstContactBreach: [
    'ROUTINE',
    `${LACKING} ingen information eller inget erbjudande gavs inom tiden för den första kontakten.`,
  ],
  planRenewedBreach: ['ROUTINE', `${LACKING} planen är inte förnyad sedan de beviljade insatserna ändrades.`],
  riskBreach: ['ROUTINE', `${LACKING} riskerna i hemmet är inte bedömda i tid.`],
};

/** Whether a figure tells of the law or of the routine. */
export function basisOfFigure(figure: FigureName): FigureBasis {
  return FIGURE_DEFINITIONS[figure][0];
}

/** What a figure counts, in Swedish. */
export function definitionOfFigure(figure: FigureName): string {
  return FIGURE_DEFINITIONS[figure][1];
}
