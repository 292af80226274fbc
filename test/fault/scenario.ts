import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importHistory } from '../../src/import/import-history.js';
import type { StoredRecord } from '../../src/kernel/event-store/event-store.js';
import { FixedClock } from '../../src/kernel/time/clock.js';
import type { Register } from '../../src/app/register.js';
import { LocalJudge } from '../../src/judgement/assessments/episode-judge.js';
import { rebuildAssessments, rebuildIndex } from '../../src/judgement/running/rebuild.js';
import { holdings } from '../support/holdings.js';

const example = readFileSync(new URL('../../examples/three-recipients.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const SARA = 'staff-50000000-0000-4000-8000-000000000002';
const ANNA = 'e0000000-0000-4000-8000-000000000001';
const ACTOR = { id: 'test', role: 'ADMINISTRATOR' };

/** Facts that many episodes rest on, one of each kind of stream, and a plain one. */
const later = [
  {
    ref: 'policy-2',
    type: 'PolicyAdopted',
    stream: 'policy-c0000000-0000-4000-8000-000000000001',
    effectiveOn: '2024-01-01',
    actor: ACTOR,
    data: { controller: 'c0000000-0000-4000-8000-000000000001', version: 2, values: { offerTargetDays: 5 } },
  },
  {
    ref: 'merged',
    type: 'RecipientMerged',
    stream: 'recipient-10000000-0000-4000-8000-000000000002',
    effectiveOn: '2024-05-01',
    actor: ACTOR,
    data: { into: '10000000-0000-4000-8000-000000000003' },
  },
  {
    ref: 'meeting',
    type: 'PlanMeetingBooked',
    stream: `careEpisode-${ANNA}`,
    effectiveOn: '2024-05-01',
    actor: ACTOR,
    data: { on: '2024-05-20' },
  },
].map((line) => JSON.stringify(line));
const aboutSara = [
  JSON.stringify({
    ref: 'sara-again',
    type: 'TrainingCompleted',
    stream: SARA,
    effectiveOn: '2024-05-02',
    actor: ACTOR,
    data: { course: 'Repetition' },
  }),
];

/** While it is on, one title check in the store cannot be read. */
export class Damage {
  on = false;

  readonly apply = <T extends readonly StoredRecord[]>(records: T): T =>
    (this.on
      ? records.map((record) =>
          record.stream === SARA && record.type === 'TitleVerified'
            ? { ...record, body: Buffer.from('{"v":1') }
            : record,
        )
      : records) as T;
}

/**
 * A life of a register in which everything is written that can be: imported, followed, parked, tried again, skipped,
 * rebuilt, swapped, removed.
 * Whoever was killed in it begins from the start; the clock says the same at the same step.
 */
export async function live(
  open: (clock: FixedClock) => Promise<Register>,
  damage: Damage,
  folder: string,
): Promise<unknown> {
  const clock = new FixedClock('2026-06-15T10:00:00.000Z');
  const register = await open(clock);
  const { projection, index, runner, store } = register;
  const at = (minute: number): void =>
    clock.set(new Date(Date.parse('2026-06-15T10:00:00.000Z') + minute * 60_000).toISOString());
  const follow = async (): Promise<void> => {
    await runner.drain();
    if (!projection.ours) await projection.takeOver();
    while (await projection.step());
  };
  const record = async (name: string, lines: readonly string[]): Promise<void> => {
    const file = join(folder, `${name}.ndjson`);
    writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
    const { rejectedByCode } = await importHistory(register, {
      file,
      source: 'example',
      dryRun: false,
      rejectFile: `${file}.rejects`,
    });
    if (Object.keys(rejectedByCode).length > 0) throw new Error(JSON.stringify(rejectedByCode));
  };

  await record('first', example.slice(0, 50));
  await follow();
  at(1);
  await record('rest', [...example.slice(50), ...later]);
  await follow();
  at(2);
  damage.on = true;
  await record('about-sara', aboutSara);
  await follow();
  // Whoever retries takes over first, as the command line does: what is remembered of the streams goes.
  await projection.takeOver();
  await projection.retry(ANNA);
  at(30);
  await follow();
  await projection.skip(ANNA, 'beslut 2026-17');
  await rebuildIndex(index, { total: await store.count() });
  await index.followActive();
  await rebuildAssessments(projection, index, new LocalJudge(register.log, index));
  await projection.followActive();
  await follow();
  damage.on = false;
  await projection.retry(ANNA);
  for (const { view } of [index, projection])
    for (const version of await view.versions()) if (version !== view.version.version) await view.remove(version);
  await follow();
  const held = await holdings(register);
  await register.close();
  return held;
}
