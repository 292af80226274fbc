import { AccessLogUnavailable } from '../access-log/access-log.js';
import { BackupError } from '../audit/backup/backup-error.js';
import { MigrationError } from '../audit/migrate/migration-error.js';
import { ImportError } from '../import/import-error.js';
import { WitnessError } from '../audit/witness/witness-error.js';
import { ConfigError } from '../kernel/config/config.js';
import { EventStoreError } from '../kernel/event-store/event-store.js';
import { Problem } from '../kernel/http/problem.js';
import { safeErrorFields } from '../kernel/http/safe-error.js';
import { IntegrityError } from '../kernel/integrity/integrity-error.js';
import { KeyStoreError } from '../kernel/privacy/key-store-error.js';
import { TlsUnusable } from '../kernel/http/tls.js';
import { SessionsUnavailable } from '../kernel/sessions/session-store.js';
import { systemMessage } from '../kernel/system-message.js';
import { ViewStoreError } from '../kernel/view-store/view-store.js';
import { ProjectionStopped } from '../judgement/assessments/parking.js';
import { RebuildMismatch, RebuildParked } from '../judgement/running/rebuild.js';
import { NoReport } from '../answers/reports/reproduce.js';

import { CliError, EXIT } from './cli-error.js';

const TOLD_AS_THEY_ARE = [
  CliError,
  ImportError,
  BackupError,
  MigrationError,
  ConfigError,
  EventStoreError,
  ViewStoreError,
  KeyStoreError,
  IntegrityError,
  WitnessError,
  SessionsUnavailable,
  TlsUnusable,
  AccessLogUnavailable,
  NoReport,
  RebuildParked,
  RebuildMismatch,
  ProjectionStopped,
] as const;

/**
 * What went wrong, for a person: never a stack trace, and nothing that an error of a parser or a database may have
 * quoted.
 */
export function told(error: unknown): string {
  if (error instanceof Problem) {
    const { type, occurrence } = error;
    const members = Object.entries(occurrence.members ?? {}).map(([name, value]) => `${name} ${String(value)}`);
    return `${type.title}. ${occurrence.detail ?? type.detail} (${[type.code, ...members].join(', ')})`;
  }
  if (error instanceof Error) {
    if (TOLD_AS_THEY_ARE.some((kind) => error instanceof kind)) return error.message;
  }
  // Errors of the operating system name a path that the caller gave.
  const refused = systemMessage(error, 'WITH_PATH');
  if (refused !== undefined) return refused;
  const { error: kind, errorCode, at } = safeErrorFields(error);
  return `unexpected ${kind}${errorCode === undefined ? '' : ` ${errorCode}`}${at?.[0] === undefined ? '' : ` ${at[0]}`}`;
}

/** The exit code that goes with an error. */
export function exitCodeOf(error: unknown): number {
  return error instanceof CliError ? error.exitCode : EXIT.failed;
}
