import { z } from 'zod';
import { eventType, toStream } from '../kernel/event-sourcing/event-type.js';
import { civilDate, id, text, versionLabel } from '../kernel/event-sourcing/field-schemas.js';
import { CONTROLLER, UNIT } from './unit-events.js';

export const STAFF = 'staff';

/** The first day on which Socialstyrelsen could issue a certificate (the title became protected that day). */
export const FIRST_CERTIFICATE_DAY = '2023-07-01';

export const EMPLOYMENT_FORMS = ['PERMANENT', 'FIXED_TERM', 'HOURLY', 'PROBATIONARY'] as const;
export const TITLE_METHODS = ['HOSP_DIRECT', 'SOCIALSTYRELSEN_QUERY', 'CERTIFICATE_SHOWN'] as const;
export const WITHDRAWAL_CAUSES = ['WRONG_PERSON', 'MISREAD', 'FORGED', 'WRONG_REGISTER_HIT', 'OTHER'] as const;

export const StaffRegistered = eventType(
  'StaffRegistered',
  STAFF,
  z.strictObject({ controller: id, unit: id, name: text, hsaId: text.optional() }),
  {
    opens: true,
    sealed: ['name'],
    references: [toStream('controller', CONTROLLER), toStream('unit', UNIT)],
  },
);

export const EmploymentStarted = eventType(
  'EmploymentStarted',
  STAFF,
  z.strictObject({ form: z.enum(EMPLOYMENT_FORMS) }),
  { ahead: true },
);
export const EmploymentEnded = eventType('EmploymentEnded', STAFF, z.strictObject({}), { ahead: true });
export const StaffMovedUnit = eventType('StaffMovedUnit', STAFF, z.strictObject({ unit: id }), {
  ahead: true,
  references: [toStream('unit', UNIT)],
});

export const TitleVerified = eventType(
  'TitleVerified',
  STAFF,
  z.strictObject({
    certificateDate: civilDate.refine((day) => day >= FIRST_CERTIFICATE_DAY, {
      message: 'is before 2023-07-01, when the first certificates could be issued',
      params: { code: 'IMPOSSIBLE_DATE' },
    }),
    method: z.enum(TITLE_METHODS),
    checkedBy: text,
  }),
  { notAhead: ['certificateDate'] },
);
export const TransitionStatusDocumented = eventType(
  'TransitionStatusDocumented',
  STAFF,
  z.strictObject({ employer: text, evidence: text }),
  { sealed: ['evidence'] },
);
export const ApprovedEducationRecorded = eventType(
  'ApprovedEducationRecorded',
  STAFF,
  z.strictObject({ education: text, approvedBy: text }),
);

export const TITLE_EVIDENCE = ['TitleVerified', 'TransitionStatusDocumented', 'ApprovedEducationRecorded'] as const;

export const TitleVerificationWithdrawn = eventType(
  'TitleVerificationWithdrawn',
  STAFF,
  z.strictObject({ of: id, cause: z.enum(WITHDRAWAL_CAUSES) }),
  {
    references: [{ path: 'of', to: 'entry', types: TITLE_EVIDENCE }],
  },
);

export const TrainingCompleted = eventType('TrainingCompleted', STAFF, z.strictObject({ course: text }));
export const AssignmentDescriptionSigned = eventType(
  'AssignmentDescriptionSigned',
  STAFF,
  z.strictObject({ assignment: id, version: versionLabel, place: text }),
  {
    references: [{ path: 'assignment', to: 'assignment', anywhere: true }],
  },
);
export const YearlyFollowUpHeld = eventType('YearlyFollowUpHeld', STAFF, z.strictObject({}));

const leave = z.strictObject({ kind: text.optional() });
export const LeaveStarted = eventType('LeaveStarted', STAFF, leave, { ahead: true });
export const LeaveEnded = eventType('LeaveEnded', STAFF, leave, { ahead: true });

export const staffEvents = [
  StaffRegistered,
  EmploymentStarted,
  EmploymentEnded,
  StaffMovedUnit,
  TitleVerified,
  TransitionStatusDocumented,
  ApprovedEducationRecorded,
  TitleVerificationWithdrawn,
  TrainingCompleted,
  AssignmentDescriptionSigned,
  YearlyFollowUpHeld,
  LeaveStarted,
  LeaveEnded,
];
