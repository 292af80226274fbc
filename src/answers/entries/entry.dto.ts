import { ApiProperty } from '@nestjs/swagger';

/** The shape of an entry, for the documentation. */
export class EntryDto {
  @ApiProperty({ format: 'uuid' })
  eventId: string;

  @ApiProperty({ example: 'OfferDeclined' })
  type: string;

  @ApiProperty({ example: 'careEpisode-0b6a4c1e-6d4f-4f3a-9a51-6c35c1b7c001' })
  stream: string;

  @ApiProperty({ pattern: '^\\d+$' })
  revision: string;

  @ApiProperty({ pattern: '^\\d+$' })
  position: string;

  @ApiProperty({ format: 'date' })
  effectiveOn: string;

  @ApiProperty({ format: 'date-time' })
  recordedAt: string;

  @ApiProperty({ enum: ['VALID', 'CORRECTED', 'ANNULLED', 'DISPUTED'] })
  status: string;

  @ApiProperty({ format: 'uuid', required: false, description: 'Rättelsen eller makuleringen som gäller.' })
  correctedBy?: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Som det registrerades. Fält som inte kan läsas är null.',
  })
  data: object;
}
