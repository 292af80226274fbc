import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional, ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches, ValidateBy } from 'class-validator';
import { ID_PATTERN } from '../../kernel/id-form.js';
import { parseDay } from '../../kernel/time/day.js';
import { isInstant } from '../../kernel/time/instant-form.js';
import type { PageRequest } from '../cursor.js';

/** A calendar day, `YYYY-MM-DD`. */
export function IsDay(): PropertyDecorator {
  return ValidateBy({
    name: 'isDay',
    validator: {
      validate: (value) => typeof value === 'string' && parseDay(value) !== undefined,
      defaultMessage: () => 'ska vara en kalenderdag, ÅÅÅÅ-MM-DD',
    },
  });
}

/** An instant, RFC 3339 in UTC. */
export function IsInstant(): PropertyDecorator {
  return ValidateBy({
    name: 'isInstant',
    validator: {
      validate: isInstant,
      defaultMessage: () => 'ska vara en tidpunkt i UTC, till exempel 2026-03-01T12:00:00Z',
    },
  });
}

/** The id of a stream. */
export function IsId(): PropertyDecorator {
  return applyDecorators(ApiProperty({ format: 'uuid' }), Matches(ID_PATTERN, { message: 'ska vara ett UUID' }));
}

/** The id of a stream, which need not be said. */
export function IsOptionalId(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ format: 'uuid', description }),
    IsOptional(),
    Matches(ID_PATTERN, { message: 'ska vara ett UUID' }),
  );
}

export class KnownAtQuery {
  /** Answers by what was known then; without it, by what is known now. */
  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsInstant()
  knownAt?: string;
}

export class OnQuery extends KnownAtQuery {
  /** The day that is asked about; without it, today. */
  @ApiPropertyOptional({ format: 'date' })
  @IsOptional()
  @IsDay()
  on?: string;
}

/** How many items a page has when nobody says, and at most. */
export const PAGE_LIMITS = { usual: 500, most: 1_000 } as const;

export class PageQuery extends KnownAtQuery {
  /** `next` of the page before. */
  @ApiPropertyOptional()
  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{1,2000}$/, { message: 'ska vara värdet i next från föregående sida' })
  cursor?: string;

  /** How many items a page has at most: 1 to 1000, 500 when nothing is said. */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: PAGE_LIMITS.most, default: PAGE_LIMITS.usual })
  @IsOptional()
  @ValidateBy({
    name: 'isPageLimit',
    validator: { validate: isPageLimit, defaultMessage: () => `ska vara ett heltal från 1 till ${PAGE_LIMITS.most}` },
  })
  limit?: string;
}

export class OnPageQuery extends PageQuery {
  /** The day that is asked about; without it, today. */
  @ApiPropertyOptional({ format: 'date' })
  @IsOptional()
  @IsDay()
  on?: string;
}

function isPageLimit(value: unknown): boolean {
  return (
    typeof value === 'string' && /^\d{1,4}$/.test(value) && Number(value) >= 1 && Number(value) <= PAGE_LIMITS.most
  );
}

/** The page that a query asks for. */
export function pageRequest({ cursor, limit }: { readonly cursor?: string; readonly limit?: string }): PageRequest {
  return {
    limit: limit === undefined ? PAGE_LIMITS.usual : Number(limit),
    ...(cursor === undefined ? {} : { cursor }),
  };
}
