import { formatDay, type Day } from '../kernel/time/day.js';
import type { HistoryLine } from './history-line.js';
import { FAR, knownDay, type Entry, type LineOptions, type Stream } from './ledger.js';
import { CORRECTION_REASONS, STATEMENTS } from './phrases.js';
import type { Random } from './random.js';
import { MISHAPS } from './rates.js';

type Data = HistoryLine['data'];

const WRONG_BY_DAYS: readonly [number, number] = [1, 6];
const MENDED_AFTER_DAYS: readonly [number, number] = [1, 60];
/** Facts that bring no id of their own, so that they can be written twice. */
const REPEATABLE = new Set([
  'InformationGiven',
  'FollowUpHeld',
  'FollowUpNotHeld',
  'HomeRiskAssessed',
  'PlanMeetingBooked',
  'RecordedInDocument',
  'ServicesChanged',
]);

/**
 * Writes a fact as people do: mostly right, sometimes with a wrong day that is corrected later, sometimes twice,
 * sometimes to the recipient's dispute. The shares are {@link MISHAPS}.
 * @returns the entry that counts
 */
export function write(
  stream: Stream,
  random: Random,
  type: string,
  on: Day,
  data: Data,
  options: LineOptions = {},
): Entry {
  const draw = random.below(1000);
  const { wrongDay, duplicate, disputed } = MISHAPS;
  if (draw < wrongDay) return withWrongDay(stream, random, type, on, data, options);
  const entry = stream.record(type, on, data, options);
  if (draw < wrongDay + duplicate && REPEATABLE.has(type)) repeat(stream, random, type, on, data, entry);
  else if (draw >= 1000 - disputed) dispute(stream, random, entry);
  return entry;
}

function withWrongDay(stream: Stream, random: Random, type: string, on: Day, data: Data, options: LineOptions): Entry {
  const wrongOn = on + random.within(WRONG_BY_DAYS);
  const entry = stream.record(type, wrongOn, data, { ...options, known: Math.max(wrongOn, options.known ?? 0) });
  const again = random.chance(MISHAPS.correctedAgain);
  const mended = mend(stream, random, 'EntryCorrected', entry, {
    reason: random.pick(CORRECTION_REASONS),
    effectiveOn: formatDay(again ? on + 1 : on),
  });
  if (again) {
    const right = { corrects: { ref: entry.ref }, reason: random.pick(CORRECTION_REASONS), effectiveOn: formatDay(on) };
    mend(stream, random, 'EntryCorrected', mended, { reason: 'Även rättelsen angav fel dag', data: right });
  }
  return entry;
}

function repeat(stream: Stream, random: Random, type: string, on: Day, data: Data, first: Entry): void {
  const second = stream.record(type, on, data, { after: [first] });
  const annulled = mend(stream, random, 'EntryAnnulled', second, {
    cause: 'DUPLICATE',
    reason: 'Registrerad två gånger',
  });
  if (random.chance(MISHAPS.annulmentTakenBack)) {
    mend(stream, random, 'EntryAnnulled', annulled, { cause: 'OTHER', reason: 'Båda registreringarna var riktiga' });
  }
}

function dispute(stream: Stream, random: Random, entry: Entry): void {
  const on = knownDay(entry);
  if (on === FAR) return;
  stream.record(
    'EntryDisputed',
    on + random.within(MENDED_AFTER_DAYS),
    { event: { ref: entry.ref }, statement: random.pick(STATEMENTS) },
    { after: [entry] },
  );
}

/**
 * Writes a correction or an annulment of an entry, some time after it became known.
 * @param after other lines it names
 */
export function mend(
  stream: Stream,
  random: Random,
  type: 'EntryCorrected' | 'EntryAnnulled',
  entry: Entry,
  data: Data,
  after: readonly Entry[] = [],
): Entry {
  const known = knownDay(entry);
  if (known === FAR) return entry;
  const on = known + random.within(MENDED_AFTER_DAYS);
  return stream.record(type, on, { corrects: { ref: entry.ref }, ...data }, { after: [entry, ...after], known: on });
}
