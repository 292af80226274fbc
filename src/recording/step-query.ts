import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

/**
 * What a step's address may say. Anything else is refused: a misspelt `dryRun` must not turn a preview into a record.
 */
export class StepQuery {
  @ApiPropertyOptional({ type: Boolean, description: 'true: berätta vad som skulle hända och skriv ingenting.' })
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'ska vara true eller false' })
  dryRun?: string;
}
