import { roleWords } from '../../facts/labels.js';
import type { AccessRecord } from '../access-record.js';

/** What was done, as a person is told. */
const ACTS: Readonly<Record<AccessRecord['act'], string>> = {
  READ: 'läste',
  SEARCH: 'sökte och fick fram',
  LIST: 'såg i en lista',
  EXPORT: 'tog ut som fil',
  PRINT: 'skrev ut',
  WRITE: 'antecknade',
  DENIED: 'försökte läsa och nekades',
  BREAK_GLASS: 'öppnade genom nödåtkomst',
  LOGIN: 'loggade in',
  NONE: 'frågade',
};

const SHOWN: Readonly<Record<AccessRecord['shown'][number], string>> = {
  NAME: 'namn',
  STATE: 'läget i insatserna',
  FREE_TEXT: 'anteckningar',
  IDENTITY: 'personnummer',
};

const PURPOSES: Readonly<Record<AccessRecord['purpose'], string>> = {
  DAILY: 'det dagliga arbetet',
  FOLLOW_UP: 'uppföljning av insatserna',
  SUPERVISION: 'tillsyn eller granskning',
  RECIPIENT_REQUEST: 'den enskildes egen begäran',
  SUPPORT: 'stöd och felsökning',
};

/** In Swedish, for whom it is about: what was done with her data. */
export function whatWasDone({ act, shown, refused }: Pick<AccessRecord, 'act' | 'shown' | 'refused'>): string {
  const done = refused === undefined || act === 'DENIED' ? ACTS[act] : `${ACTS[act]} (utan att få något svar)`;
  return shown.length === 0 ? done : `${done}: ${shown.map((kind) => SHOWN[kind]).join(', ')}`;
}

/** In Swedish: what it was for. */
export function whatFor({ purpose }: Pick<AccessRecord, 'purpose'>): string {
  return PURPOSES[purpose];
}

/** In Swedish: in which role. */
export function inWhichRole({ who: { kind, role } }: Pick<AccessRecord, 'who'>): string {
  if (role !== undefined) return roleWords(role);
  return kind === 'OS_USER' ? 'den som sköter driften' : kind === 'CLIENT' ? 'anslutet system' : 'okänd';
}
