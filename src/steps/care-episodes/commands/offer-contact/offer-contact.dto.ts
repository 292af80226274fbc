import { IdField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';

export class OfferContactDto extends StepBody {
  @IdField({ description: 'Erbjudandets id. Väljs av registret om det utelämnas.', optional: true })
  offer?: string;

  @IdField({ description: 'Medarbetaren som erbjöd.' })
  by: string;
}
