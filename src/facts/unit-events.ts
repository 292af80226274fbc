import { z } from 'zod';
import { eventType, toStream } from '../kernel/event-sourcing/event-type.js';
import { id, text } from '../kernel/event-sourcing/field-schemas.js';

export const CONTROLLER = 'controller';
export const UNIT = 'unit';

export const CARE_FORMS = ['HOME_CARE', 'HOUSING_SUPPORT', 'RESIDENTIAL_CARE', 'LSS'] as const;
export const CONTROLLER_KINDS = ['MUNICIPAL', 'PRIVATE'] as const;

export const ControllerRegistered = eventType(
  'ControllerRegistered',
  CONTROLLER,
  z.strictObject({
    name: text,
    kind: z.enum(CONTROLLER_KINDS),
    orgNumber: text,
    municipalityCode: z
      .string()
      .regex(/^\d{4}$/, 'is not four digits')
      .optional(),
  }),
  { opens: true },
);

export const UnitOpened = eventType(
  'UnitOpened',
  UNIT,
  z.strictObject({
    controller: id,
    name: text,
    careForms: z.array(z.enum(CARE_FORMS)),
    manager: id.optional(),
    commissionedBy: id.optional(),
  }),
  {
    opens: true,
    ahead: true,
    references: [
      toStream('controller', CONTROLLER),
      toStream('commissionedBy', CONTROLLER),
      toStream('manager', 'staff'),
    ],
  },
);

export const UnitManagerAppointed = eventType('UnitManagerAppointed', UNIT, z.strictObject({ staff: id }), {
  ahead: true,
  references: [toStream('staff', 'staff')],
});

export const UnitClosed = eventType('UnitClosed', UNIT, z.strictObject({}), { ahead: true });

export const unitEvents = [ControllerRegistered, UnitOpened, UnitManagerAppointed, UnitClosed];
