import { type DerivedFields, eventTypes, type SaidOn } from '../../kernel/event-sourcing/event-type.js';
import {
  code,
  type DataOf,
  day,
  entry,
  type Fields,
  flag,
  instant,
  list,
  part,
  stream,
  text,
  texts,
  whole,
} from '../../kernel/event-sourcing/fields.js';
import { dayOf } from '../../kernel/time/day.js';
import { CONTROLLER, GRANT, INSPECTION, LOG_REVIEW, POLICY, RECIPIENT, STAFF, UNIT } from '../categories.js';
import {
  GLASS_REASONS,
  GLASS_VERDICTS,
  GRANTED_ROLES,
  INSPECTION_AUTHORITIES,
  PROTECTIONS,
  REVIEW_METHODS,
  REVIEW_OUTCOMES,
} from '../codes.js';

/**
 * The register's own events of access: who may see and do what, decided by people. The contract names none of them, and
 * no rule, figure or answer of it reads one.
 */

/** An inspection lasts so many days at most, its first and its last included. */
export const LONGEST_INSPECTION_DAYS = 180;

/** Broken glass heals after so long at most, in milliseconds. */
export const LONGEST_GLASS_MS = 4 * 3_600_000;

interface Fault {
  readonly path: string;
  readonly en: string;
  readonly sv: string;
}

type Data = Readonly<Record<string, unknown>>;

/** What must hold between the fields of an entry, and of its right data in a correction. It adds nothing to them. */
function holdsTogether(faultIn: (data: Data, on: SaidOn) => Fault | undefined): DerivedFields {
  return {
    paths: [],
    derive: (data, on) => {
      const fault = faultIn(data, on);
      return fault ? { path: fault.path, wrong: { en: fault.en, sv: fault.sv } } : { data: { ...data } };
    },
  };
}

const reason = text('skäl', 'Varför.').sealed();
const units = list(
  stream(UNIT, '', ''),
  'enheter',
  'Enheterna det gäller. Utelämnas de gäller det alla.',
  1,
).optional();
const validTo = day('gäller till och med', 'Sista giltiga dag.');
const decidedBy = stream(STAFF, 'beslutad av', 'Medarbetaren som beslutade.').optional();
const issuer = text('inloggningens utfärdare', 'Adressen till den som intygar inloggningen.', { longest: 500 });
const subject = text('inloggningens id', 'Personens id hos utfärdaren.', { longest: 255 }).sealed();
const OTHER_WORDS = 'ska utelämnas för den rollen';

const holder = part(
  'GrantHolderDto',
  {
    staff: stream(STAFF, 'medarbetare', 'Medarbetaren.').linked().optional(),
    issuer: issuer.optional(),
    subject: subject.optional(),
  },
  'innehavare',
  'Den som får rollen: antingen staff, eller issuer och subject för den som inte är medarbetare.',
);

/** What a grant says of who holds it. */
export interface GrantHolder {
  readonly staff?: string;
  readonly issuer?: string;
  readonly subject?: string | null;
}

const endsBeforeStart = (data: Data, { effective }: SaidOn): Fault | undefined => {
  const last = data['validTo'];
  if (typeof last !== 'string' || effective.some((from) => from <= last)) return undefined;
  return { path: 'validTo', en: 'lies before its first day', sv: 'ligger före den första dagen' };
};

const grantFault = (data: Data, on: SaidOn): Fault | undefined => {
  const { staff, issuer: by, subject: who } = data['holder'] as GrantHolder;
  const { role } = data;
  const asStaff = staff !== undefined && by === undefined && who === undefined;
  if (!asStaff && (staff !== undefined || by === undefined || who === undefined))
    return {
      path: 'holder',
      en: 'is neither a staff member nor an issuer with a subject',
      sv: 'ska ha antingen staff eller både issuer och subject',
    };
  if (role === 'INTEGRATION' && asStaff)
    return {
      path: 'holder.staff',
      en: 'is not for a system',
      sv: 'ska utelämnas för ett system: ange issuer och subject',
    };
  if (role === 'UNIT_DEPUTY' && data['units'] === undefined)
    return { path: 'units', en: 'is missing for a deputy', sv: 'ska anges för den som ersätter en enhetschef' };
  if (role === 'UNIT_DEPUTY' && data['validTo'] === undefined)
    return { path: 'validTo', en: 'is missing for a deputy', sv: 'ska anges för den som ersätter en enhetschef' };
  if (role === 'AUDITOR' && data['inspection'] === undefined)
    return { path: 'inspection', en: 'is missing for an auditor', sv: 'ska anges för en granskare' };
  if (role !== 'AUDITOR' && data['inspection'] !== undefined)
    return { path: 'inspection', en: 'is for auditors only', sv: OTHER_WORDS };
  return endsBeforeStart(data, on);
};

const inspectionFault = (data: Data, on: SaidOn): Fault | undefined => {
  const last = dayOf(String(data['validTo']));
  const tooLong = on.effective.every((from) => last - dayOf(from) >= LONGEST_INSPECTION_DAYS);
  if (!tooLong) return endsBeforeStart(data, on);
  return {
    path: 'validTo',
    en: `lies more than ${LONGEST_INSPECTION_DAYS} days ahead`,
    sv: `ska ligga högst ${LONGEST_INSPECTION_DAYS} dagar fram, den första inräknad`,
  };
};

export const grantTypes = eventTypes(GRANT, {
  RoleGranted: {
    label: 'Behörighet beslutad',
    opens: true,
    ahead: true,
    derived: holdsTogether(grantFault),
    data: {
      holder,
      role: code(GRANTED_ROLES, 'roll', 'Rollen.'),
      controller: stream(
        CONTROLLER,
        'personuppgiftsansvarig',
        'Den personuppgiftsansvarige som rollen gäller hos.',
      ).linked(),
      units,
      inspection: stream(INSPECTION, 'granskning', 'Granskningen, för en granskare.').optional(),
      validTo: validTo.optional(),
      decidedBy,
      reason,
    },
  },
  RoleRevoked: { label: 'Behörighet återkallad', data: { reason } },
});

export const inspectionTypes = eventTypes(INSPECTION, {
  InspectionOpened: {
    label: 'Granskning öppnad',
    opens: true,
    ahead: true,
    derived: holdsTogether(inspectionFault),
    data: {
      authority: code(INSPECTION_AUTHORITIES, 'myndighet', 'Den som granskar.'),
      caseNumber: text('ärendenummer', 'Granskarens ärendenummer. Inga namn på enskilda.', { longest: 100 }).example(
        '3.5.1-12345/2026',
      ),
      controller: stream(CONTROLLER, 'personuppgiftsansvarig', 'Den personuppgiftsansvarige som granskas.').linked(),
      units,
      recipients: list(
        stream(RECIPIENT, '', ''),
        'omsorgstagare',
        'Omsorgstagarna det gäller. Utelämnas de gäller det alla.',
        1,
      ).optional(),
      validTo,
      decidedBy,
    },
  },
  InspectionClosed: { label: 'Granskning avslutad', data: { reason } },
});

export const staffAccessTypes = eventTypes(STAFF, {
  IdentityLinked: { label: 'Inloggning kopplad till medarbetare', data: { issuer, subject } },
  IdentityUnlinked: { label: 'Inloggning bortkopplad från medarbetare', data: { reason } },
  StaffProtectionChanged: {
    label: 'Skydd av medarbetares uppgifter ändrat',
    data: { protection: code(PROTECTIONS, 'skyddade personuppgifter', 'Skyddet från och med dagen.') },
  },
});

export const recipientAccessTypes = eventTypes(RECIPIENT, {
  AccessNarrowed: {
    label: 'Åtkomst begränsad till namngivna medarbetare',
    data: { staff: list(stream(STAFF, '', ''), 'medarbetare', 'De enda som får se uppgifterna.', 1), reason },
  },
  AccessWidened: { label: 'Begränsad åtkomst upphävd', data: { reason } },
  GlassBroken: {
    label: 'Nödåtkomst öppnad',
    importable: false,
    correctable: true,
    data: {
      reasonCode: code(GLASS_REASONS, 'orsak', 'Vad nödåtkomsten behövs för.'),
      reason,
      until: instant('till', 'När nödåtkomsten upphör.'),
    },
  },
  GlassBreakReviewed: {
    label: 'Nödåtkomst granskad',
    importable: false,
    correctable: true,
    data: {
      of: entry({ types: ['GlassBroken'] }, 'avser händelse', 'Nödåtkomsten som granskades.'),
      verdict: code(GLASS_VERDICTS, 'bedömning', 'Om nödåtkomsten var befogad.'),
      reason,
    },
  },
  PersonNoted: {
    label: 'Omsorgstagaren uppmärksammad i loggkontrollen',
    importable: false,
    correctable: true,
    data: { reason },
  },
  PersonNoteLifted: {
    label: 'Omsorgstagaren inte längre uppmärksammad i loggkontrollen',
    importable: false,
    correctable: true,
    data: { reason },
  },
});

const timeOfDay = (label: string, description: string, example: string) =>
  text(label, description, {
    longest: 5,
    pattern: /^([01]\d|2[0-3]):[0-5]\d$/,
    wrong: 'ska vara ett klockslag, TT:MM',
  }).example(example);

const accessValues = {
  withdrawn: texts('borttagna rader', 'Id på de rader i behörighetstabellen som inte gäller här.', 1)
    .example(['case-officer.recipient.timeline'])
    .optional(),
  glassForProtectedRegistration: flag(
    'nödåtkomst vid skyddad folkbokföring',
    'false: skyddad folkbokföring öppnas aldrig genom nödåtkomst. Något annat värde finns inte.',
  )
    .example(false)
    .optional(),
  accessLogYears: whole({ min: 1, max: 30 }, 'år som åtkomstloggen bevaras', 'År som åtkomstloggen bevaras.')
    .example(5)
    .optional(),
  logExtractNames: flag(
    'namn i loggutdrag',
    'Omsorgstagarens utdrag ur åtkomstloggen visar namnen på dem som har läst.',
  ).optional(),
  ordinaryHours: part(
    'OrdinaryHoursDto',
    {
      from: timeOfDay('från', 'Klockslaget då det börjar.', '06:00'),
      to: timeOfDay('till', 'Klockslaget då det slutar.', '22:00'),
    },
    'ordinarie tid',
    'Tiden på dygnet då läsning inte sticker ut i loggkontrollen.',
  ).optional(),
} satisfies Fields;

/** What a controller may decide about access; a key that is left out has the default, not an earlier policy's value. */
export type AccessValues = DataOf<typeof accessValues>;

const onlyNarrows = (data: Data): Fault | undefined =>
  (data['values'] as AccessValues).glassForProtectedRegistration === true
    ? {
        path: 'values.glassForProtectedRegistration',
        en: 'can only be false: a controller may narrow access and never widen it',
        sv: 'kan bara vara false: åtkomsten får begränsas, aldrig utvidgas',
      }
    : undefined;

export const accessPolicyTypes = eventTypes(POLICY, {
  AccessPolicyAdopted: {
    label: 'Lokala riktlinjer för åtkomst antagna',
    derived: holdsTogether(onlyNarrows),
    data: { values: part('AccessPolicyValuesDto', accessValues, 'värden', 'Värdena.') },
  },
});

const reversed = (data: Data): Fault | undefined =>
  String(data['to']) < String(data['from'])
    ? { path: 'to', en: 'lies before from', sv: 'ligger före from' }
    : undefined;

const remarksMissing = ({ outcome, remarks }: Data): Fault | undefined =>
  outcome === 'REMARK' && remarks === undefined
    ? { path: 'remarks', en: 'is missing', sv: 'ska anges när genomgången gav anmärkning' }
    : undefined;

export const logReviewTypes = eventTypes(LOG_REVIEW, {
  LogReviewDrawn: {
    label: 'Loggkontroll lottad',
    opens: true,
    importable: false,
    derived: holdsTogether(reversed),
    data: {
      unit: stream(UNIT, 'enhet', 'Enheten.'),
      from: day('från och med', 'Periodens första dag.').notAhead(),
      to: day('till och med', 'Periodens sista dag.').notAhead(),
      method: code(REVIEW_METHODS, 'urval', 'Hur urvalet är draget.'),
      seedCheckpoint: text('sigill', 'Sigillet som lottningen följer av.', { longest: 200 }),
      sample: texts('urvalet', 'Dagarna, eller id på användarna, som lotten föll på.'),
    },
  },
  LogReviewSigned: {
    label: 'Loggkontroll genomförd',
    importable: false,
    // Nobody takes her signature back, nor another's: who may sign depends on whose looks they are.
    derived: holdsTogether(remarksMissing),
    data: {
      by: stream(
        STAFF,
        'kontrollerad av',
        'Medarbetaren som gick igenom urvalet. Utelämnas för den som inte är medarbetare.',
      ).optional(),
      outcome: code(REVIEW_OUTCOMES, 'resultat', 'Vad genomgången gav.'),
      remarks: text('anmärkningar', 'Anmärkningarna.').sealed().optional(),
      actions: text('åtgärder', 'Vad som gjordes.').sealed().optional(),
    },
  },
});

/** All of them, by name. */
export const accessTypes = {
  ...grantTypes,
  ...inspectionTypes,
  ...staffAccessTypes,
  ...recipientAccessTypes,
  ...accessPolicyTypes,
  ...logReviewTypes,
};
