import { CodeListField, IdField, TextField } from '../../../../kernel/http/fields.js';
import { OpeningBody } from '../../../../recording/step-body.js';
import { CARE_FORMS } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';

export class OpenUnitDto extends OpeningBody {
  @IdField({ description: 'Den personuppgiftsansvarige som driver enheten.' })
  controller: string;

  @TextField({ description: 'Enhetens namn.' })
  name: string;

  @CodeListField(codesOf(CARE_FORMS), { description: 'Vårdformerna.' })
  careForms: string[];

  @IdField({ description: 'Enhetschefen.', optional: true })
  manager?: string;

  @IdField({ description: 'Kommunen som en privat utförare arbetar åt.', optional: true })
  commissionedBy?: string;
}
