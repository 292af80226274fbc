import { eventTypes } from '../../kernel/event-sourcing/event-type.js';
import { anywhere, code, day, entry, stream, text, version } from '../../kernel/event-sourcing/fields.js';
import { civilDate } from '../../kernel/event-sourcing/field-schemas.js';
import { ASSIGNMENT, CONTROLLER, STAFF, UNIT } from '../categories.js';
import { EMPLOYMENT_FORMS, TITLE_METHODS, WITHDRAWAL_CAUSES } from '../codes.js';
import { HSA_ID } from '../hsa-id.js';

/** The first day on which Socialstyrelsen could issue a certificate (the title became protected that day). */
export const FIRST_CERTIFICATE_DAY = '2023-07-01';

/** What may be withdrawn when it turns out to have been wrong. */
export const TITLE_EVIDENCE = ['TitleVerified', 'TransitionStatusDocumented', 'ApprovedEducationRecorded'] as const;

const certificateDay = civilDate.refine((date) => date >= FIRST_CERTIFICATE_DAY, {
  message: 'is before 2023-07-01, when the first certificates could be issued',
  params: { code: 'IMPOSSIBLE_DATE' },
});
const leave = {
  kind: text('typ', 'Slaget av ledighet. Ingen diagnos.').example('semester').optional(),
};

export const staffTypes = eventTypes(STAFF, {
  StaffRegistered: {
    label: 'Medarbetare registrerad',
    opens: true,
    data: {
      controller: stream(CONTROLLER, 'personuppgiftsansvarig', 'Den personuppgiftsansvarige.'),
      unit: stream(UNIT, 'enhet', 'Enheten.').linked(),
      name: text('namn', 'Namnet.').sealed(),
      hsaId: text('HSA-id', 'HSA-id.', { longest: 31, pattern: HSA_ID, wrong: 'är inte ett giltigt HSA-id' })
        .example('SE2321000016-1003')
        .optional(),
    },
  },
  EmploymentStarted: {
    label: 'Anställning påbörjad',
    ahead: true,
    data: { form: code(EMPLOYMENT_FORMS, 'form', 'Anställningsformen.') },
  },
  EmploymentEnded: { label: 'Anställning avslutad', ahead: true, data: {} },
  StaffMovedUnit: {
    label: 'Medarbetare flyttad till annan enhet',
    ahead: true,
    data: { unit: stream(UNIT, 'enhet', 'Den nya enheten.').linked() },
  },
  TitleVerified: {
    label: 'Bevis om rätt att använda yrkestiteln undersköterska kontrollerat',
    data: {
      certificateDate: day('bevisets datum', 'Bevisets datum, tidigast 2023-07-01.', certificateDay)
        .example('2024-03-05')
        .notAhead(),
      method: code(TITLE_METHODS, 'kontrollerat genom', 'Hur det kontrollerades.'),
      checkedBy: text('kontrollerat av', 'Vem eller vilket system som kontrollerade. Inga namn på enskilda.'),
    },
  },
  TransitionStatusDocumented: {
    label: 'Underlag för övergångsregeln dokumenterat',
    data: {
      employer: text('arbetsgivare', 'Arbetsgivaren den 1 juli 2023.'),
      evidence: text('underlag', 'Underlaget.').sealed(),
      employmentForm: code(EMPLOYMENT_FORMS, 'anställningsform', 'Anställningsformen den 1 juli 2023.').optional(),
      titleOn: day('titel sedan', 'Dagen då medarbetaren hade yrkestiteln, enligt underlaget.').notAhead().optional(),
    },
  },
  ApprovedEducationRecorded: {
    label: 'Godkänd utbildning registrerad',
    data: {
      education: text('utbildning', 'Utbildningen.'),
      approvedBy: text('godkänd av', 'Vem som godkände. Roll, inte namn.'),
    },
  },
  TitleVerificationWithdrawn: {
    label: 'Underlag för yrkestitel underkänt',
    data: {
      of: entry({ types: TITLE_EVIDENCE }, 'avser händelse', 'Händelsen som registrerade underlaget.'),
      cause: code(WITHDRAWAL_CAUSES, 'orsak', 'Vad som var fel.'),
    },
  },
  TrainingCompleted: {
    label: 'Utbildning genomförd',
    data: { course: text('utbildning', 'Utbildningen.') },
  },
  AssignmentDescriptionSigned: {
    label: 'Uppdragsbeskrivning undertecknad',
    data: {
      assignment: anywhere(ASSIGNMENT, 'uppdrag', 'Uppdraget som beskrivningen gäller.'),
      version: version('version', 'Uppdragsbeskrivningens version.').example('1'),
      place: text('ort', 'Ort.'),
      givenBy: stream(STAFF, 'överlämnad av', 'Medarbetaren som överlämnade beskrivningen.').optional(),
      givenOn: day('överlämnad', 'Dagen då beskrivningen överlämnades.').notAhead().optional(),
    },
  },
  YearlyFollowUpHeld: { label: 'Årlig uppföljning av uppdraget genomförd', data: {} },
  LeaveStarted: { label: 'Ledighet påbörjad', ahead: true, data: leave },
  LeaveEnded: { label: 'Ledighet avslutad', ahead: true, data: leave },
});
