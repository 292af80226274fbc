import { ApiProperty } from '@nestjs/swagger';

/** The shapes of what commands answer, for the documentation. */
export class WarningDto {
  @ApiProperty({
    description:
      'Regelns id i regelkatalogen, eller LATE_REASON (sen registrering utan skäl), OFFERED_BY (erbjudet eller registrerat av någon som inte hör till enheten), OFFERED_EARLY (erbjudandet är daterat långt före omsorgens början), ANSWERED_TWICE (samma svar är redan registrerat), ANNULLED_TWICE (händelsen är redan makulerad), REPLACES_CORRECTION (en tidigare rättelse ersätts, och något faller tillbaka) eller TRANSITION_CONTRADICTED (anställningen talar mot underlaget för övergångsregeln).',
    example: 'DECLINE_REASON',
  })
  rule: string;

  @ApiProperty({
    description: 'Vad som brister och hur det rättas till.',
    example: 'Orsaken till att omsorgstagaren tackade nej saknas. Ange reasonCode.',
  })
  message: string;
}

export class StepAnswerDto {
  @ApiProperty({ format: 'uuid', description: 'Händelsens id.' })
  eventId: string;

  @ApiProperty({ description: 'Händelsens typ.', example: 'OfferDeclined' })
  type: string;

  @ApiProperty({ description: 'Händelseströmmen.', example: 'careEpisode-0b6a4c1e-6d4f-4f3a-9a51-6c35c1b7c001' })
  stream: string;

  @ApiProperty({ pattern: '^\\d+$', description: 'Händelsens plats i strömmen. Samma tal står i ETag.', example: '4' })
  revision: string;

  @ApiProperty({ pattern: '^\\d+$', description: 'Händelsens plats i loggen.', example: '1024' })
  position: string;

  @ApiProperty({
    format: 'uuid',
    required: false,
    description: 'Id för det som registrerades: omsorgsperioden, erbjudandet, uppdraget, planen …',
  })
  id?: string;

  @ApiProperty({ type: WarningDto, isArray: true, description: 'Det som registrerades men bryter mot en regel.' })
  warnings: WarningDto[];

  @ApiProperty({ description: 'Skickas i Consistency-Token vid en läsning som ska se händelsen.', example: 'p1024' })
  consistencyToken: string;
}

class PreviewedEventDto {
  @ApiProperty({ example: 'OfferDeclined' })
  type: string;

  @ApiProperty({ example: 'careEpisode-0b6a4c1e-6d4f-4f3a-9a51-6c35c1b7c001' })
  stream: string;

  @ApiProperty({ format: 'date' })
  effectiveOn: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  data: object;
}

const STATUS = { enum: ['MET', 'DUE', 'BREACH', 'WARNING'], type: 'string' };

class ComplianceChangeDto {
  @ApiProperty({ format: 'uuid' })
  episode: string;

  @ApiProperty({ example: 'ASSIGNED' })
  rule: string;

  @ApiProperty({ format: 'uuid', required: false })
  assignment?: string;

  @ApiProperty({ enum: ['STATUTORY', 'LOCAL'], description: 'Lagen, eller kommunens egen rutin.' })
  kind: string;

  @ApiProperty({ format: 'date', description: 'Dagen som bedömningen gäller: i dag eller stegets egen dag.' })
  on: string;

  @ApiProperty({ oneOf: [STATUS, { type: 'null' }], description: 'Utan steget; null där regeln inte bedöms.' })
  from: string | null;

  @ApiProperty({ oneOf: [STATUS, { type: 'null' }], description: 'Med steget; null där regeln inte bedöms.' })
  to: string | null;

  @ApiProperty({ format: 'date', required: false })
  dueOn?: string;
}

class PartialDto {
  @ApiProperty({ type: 'integer', description: 'Hur många omsorgsperioder som bedömdes.' })
  judged: number;

  @ApiProperty({ type: 'integer', description: 'Hur många som berörs.' })
  touched: number;
}

class MergedRegistrationDto {
  @ApiProperty({ format: 'uuid', description: 'Registreringen av omsorgstagaren.' })
  recipient: string;

  @ApiProperty({ type: String, isArray: true, description: 'Dess omsorgsperioder.' })
  episodes: string[];
}

class BecomesOneDto {
  @ApiProperty({
    type: MergedRegistrationDto,
    isArray: true,
    description: 'Alla registreringar, även de som redan är sammanslagna med någon av de två.',
  })
  registrations: MergedRegistrationDto[];

  @ApiProperty({
    description: 'Om alla har, eller har haft, samma nummer. Skyddade tidigare nummer räknas inte med.',
  })
  sameNumber: boolean;
}

/** A value of whatever field. */
const ANY_VALUE = {
  oneOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'array', items: {} },
    { type: 'object', additionalProperties: true },
  ],
};

class CorrectedFieldDto {
  @ApiProperty({ description: 'effectiveOn eller ett fält i händelsens data.', example: 'effectiveOn' })
  field: string;

  @ApiProperty({
    ...ANY_VALUE,
    required: false,
    description: 'Det som gäller utan rättelsen. Utelämnas där inget finns och för personuppgifter.',
    example: '2026-11-20',
  })
  from?: unknown;

  @ApiProperty({
    ...ANY_VALUE,
    required: false,
    description: 'Det som gäller med rättelsen. Utelämnas i samma fall.',
    example: '2026-11-21',
  })
  to?: unknown;
}

export class StepPreviewDto {
  @ApiProperty({ type: Boolean, enum: [true] })
  dryRun: true;

  @ApiProperty({ type: PreviewedEventDto, isArray: true, description: 'Händelserna som skulle registreras.' })
  events: PreviewedEventDto[];

  @ApiProperty({ type: WarningDto, isArray: true })
  warnings: WarningDto[];

  @ApiProperty({ type: ComplianceChangeDto, isArray: true, description: 'Hur bedömningen skulle ändras.' })
  compliance: ComplianceChangeDto[];

  @ApiProperty({
    type: PartialDto,
    required: false,
    description: 'Finns när fler omsorgsperioder berörs än en förhandsgranskning bedömer.',
  })
  partial?: PartialDto;

  @ApiProperty({
    type: BecomesOneDto,
    required: false,
    description: 'Finns när två registreringar slås samman: allt som därmed blir en och samma person.',
  })
  becomesOne?: BecomesOneDto;

  @ApiProperty({
    type: CorrectedFieldDto,
    isArray: true,
    required: false,
    description: 'Finns för en rättelse: hur det som gäller för händelsen skulle ändras.',
  })
  corrected?: CorrectedFieldDto[];
}
