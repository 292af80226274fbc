import { eventTypes } from '../../kernel/event-sourcing/event-type.js';
import { civilDate } from '../../kernel/event-sourcing/field-schemas.js';
import {
  code,
  codes,
  type DataOf,
  day,
  type Field,
  type Fields,
  flag,
  part,
  stream,
  text,
  texts,
  version,
  whole,
} from '../../kernel/event-sourcing/fields.js';
import { CONTROLLER, POLICY } from '../categories.js';
import { CARE_FORMS, PLAN_STARTS } from '../codes.js';

const days = (label: string, description: string, example = 14) =>
  whole({ min: 0, max: 366 }, label, description).example(example).optional();
const months = (label: string, description: string, example: number) =>
  whole({ min: 1, max: 36 }, label, description).example(example).optional();
const yes = (label: string, description: string) => flag(label, description).optional();

/** The values that may differ from one care form to another. A rule without its number of days is off. */
const ofCareForm = {
  offerTargetDays: days('dagar till erbjudande', 'Inom hur många dagar erbjudandet ska lämnas.'),
  answerTargetDays: days('dagar till svar', 'Inom hur många dagar svaret ska dokumenteras.'),
  assignTargetDays: days('dagar till att en kontakt ska vara utsedd', 'Inom hur många dagar en kontakt ska utses.'),
  planTargetDays: days('dagar till plan', 'Inom hur många dagar planen ska överenskommas.'),
  signTargetDays: days('dagar till undertecknande', 'Inom hur många dagar uppdragsbeskrivningen ska undertecknas.'),
  recordTargetDays: days('dagar till dokumentation', 'Inom hur många dagar kontakten ska införas i handlingarna.'),
  planFollowUpMaxMonths: months(
    'månader till uppföljning',
    'Inom hur många månader planen ska följas upp när den saknar dag.',
    6,
  ),
  yearlyMonths: months(
    'månader till årlig uppföljning',
    'Hur många månader det får gå mellan uppföljningarna av uppdraget.',
    12,
  ),
  allowTransition: yes('övergångsregeln tillåts', 'Övergångsregeln används.'),
  titleForDeputy: yes('titelkrav för vice', 'Kravet på yrkestitel gäller också den som är vice omsorgskontakt.'),
  consentForProfessionals: yes(
    'samtycke för professionen',
    'Samtycke krävs också när biståndshandläggare eller legitimerad personal deltar.',
  ),
  agreedWithRecipient: yes(
    'överenskommelse med omsorgstagaren',
    'Omsorgstagaren eller en legal företrädare ska delta i plan och uppföljning.',
  ),
  appointedByManager: yes('utses av enhetschefen', 'Enhetschefen utser den fasta omsorgskontakten.'),
  nameSecond: yes('andra kontakten införs', 'Också den andra kontakten ska stå i journal och plan.'),
  planFrom: code(
    PLAN_STARTS,
    'plan räknas från',
    'Vad fristen för planen räknas från: ett ja eller omsorgsperiodens början.',
  ).optional(),
  planForDeclined: yes('plan också efter nej', 'Plan upprättas också för den som har tackat nej.'),
  bookTargetDays: days('dagar till bokat möte', 'Inom hur många dagar mötet för genomgång ska bokas.'),
  noteTargetDays: days('dagar till anteckning', 'Inom hur många dagar anteckningen ska föras i journalen.'),
  changeTargetDays: days('dagar till svar på begäran om byte', 'Inom hur många dagar en begäran om byte ska avslutas.'),
  startWithinDays: days('dagar från beslut till start', 'Inom hur många dagar från beslutet omsorgen ska börja.'),
  planRenewDays: days(
    'dagar till ny plan',
    'Inom hur många dagar planen ska revideras eller följas upp när de beviljade insatserna har ändrats.',
  ),
  riskAssessmentDays: days('dagar till riskbedömning', 'Inom hur många dagar riskerna i hemmet ska bedömas.'),
  firstContactWeekdays: days(
    'vardagar till första kontakt',
    'Inom hur många vardagar omsorgstagaren ska informeras eller få ett erbjudande.',
    2,
  ),
  trainingCourses: texts('utbildningar', 'De utbildningar som räknas.', 1).example(['Fast omsorgskontakt']).optional(),
  unnecessityCriteria: texts('kriterier för uppenbart obehövligt', 'De kriterier som får användas.', 1)
    .example(['ONLY_SAFETY_ALARM'])
    .optional(),
};

type OrNull<F> = { [N in keyof F]: F[N] extends Field<infer T, infer O> ? Field<T | null, O> : never };

/** Each field, or null: then the value that holds where no policy says otherwise. */
function orDefault<F extends Fields>(fields: F): OrNull<F> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.orNull()])) as OrNull<F>;
}

const ofOneForm = part('PolicyValuesOfCareFormDto', orDefault(ofCareForm));
const byCareForm = Object.fromEntries(
  Object.entries(CARE_FORMS).map(([form, name]) => [form, ofOneForm.named(name, `Värden för ${name}.`).optional()]),
) as Record<keyof typeof CARE_FORMS, ReturnType<typeof ofOneForm.optional>>;

const valueFields = {
  ...ofCareForm,
  residentialCareDuty: yes(
    'skyldighet i särskilt boende',
    'Skyldigheten anses gälla i särskilt boende från 2026-07-01.',
  ),
  localRulesFor: codes(
    CARE_FORMS,
    'lokala riktlinjer för',
    'Verksamheter där kommunen följer reglerna utan att lagen kräver det.',
  ).optional(),
  lateRegistrationDays: days('dagar innan en registrering räknas som sen', 'Dagar innan en registrering är sen.', 7),
  publicSmallCell: whole(
    { min: 0, max: 1000 },
    'minsta antal som redovisas offentligt',
    'Minsta antal som redovisas i offentlig statistik.',
  )
    .example(5)
    .optional(),
  byCareForm: part(
    'PolicyValuesByCareFormDto',
    byCareForm,
    'egna värden för verksamheter',
    'Värden som gäller i stället för de allmänna i en verksamhet. Ett värde som saknas är det allmänna; null är standardvärdet.',
  ).optional(),
};

/** What a controller may decide for itself; a key that is left out has the default, not an earlier policy's value. */
export type AdoptedValues = DataOf<typeof valueFields>;

/** What a policy rests on. */
const basis = part(
  'PolicyBasisDto',
  {
    document: text('handling', 'Riktlinjen eller rutinen som värdena kommer ur.').example('Riktlinje för hemtjänst'),
    decidedBy: text('beslutad av', 'Vem som beslutade. Roll eller nämnd, inget namn.').example('Socialnämnden'),
    decidedOn: day('beslutad', 'Dagen för beslutet.', civilDate).notAhead(),
    replaces: text('ersätter', 'Vad den ersätter.').optional(),
    changes: text('ändringar', 'Vad som ändrades.').optional(),
  },
  'underlag',
  'Handlingen som värdena vilar på. De lokala reglerna visas med den som underlag.',
);

export const policyTypes = eventTypes(POLICY, {
  PolicyAdopted: {
    label: 'Lokala riktlinjer antagna',
    ahead: true,
    data: {
      controller: stream(CONTROLLER, 'personuppgiftsansvarig', 'Den personuppgiftsansvarige.'),
      version: version('version', 'Reglernas version.').example('2026-1'),
      values: part('PolicyValuesDto', valueFields, 'värden', 'Värdena.'),
      basis: basis.optional(),
    },
  },
});
