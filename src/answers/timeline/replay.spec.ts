import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { groundwork, IDS, ImportBench, line } from '../../import/testing/history.spec-helper.js';
import { GetReplay, GetReplayHandler } from './get-replay.js';
import { GetTimeline, GetTimelineHandler } from './get-timeline.js';
import { replayOf } from './replay.js';

const STREAM = `careEpisode-${IDS.episode}`;
const SERVICES = [['MEALS'], ['PERSONAL_CARE'], ['MEALS', 'CLEANING']];

const changes = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    line('ServicesChanged', STREAM, { services: SERVICES[at % SERVICES.length] }, { effectiveOn: '2024-04-01' }),
  );

describe('a replay', () => {
  let bench: ImportBench;
  beforeEach(async () => {
    bench = await ImportBench.open();
    await bench.import([...groundwork(), ...changes(10)]);
    await bench.register.runner.drain();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await bench.close();
  });

  /** How often the log is read and events are opened for all the steps of a person. */
  async function workOfAllSteps(): Promise<{ steps: number; work: number }> {
    const { log } = bench.register;
    const [read, opened] = [jest.spyOn(log, 'readStream'), jest.spyOn(log, 'open')];
    let steps = 0;
    for await (const _step of (await replayOf(bench.register, IDS.recipient)).steps()) steps += 1;
    const work = read.mock.calls.length + opened.mock.calls.length;
    jest.restoreAllMocks();
    return { steps, work };
  }

  it('reads and opens as much for many steps as for few', async () => {
    const few = await workOfAllSteps();
    await bench.import(changes(40));
    await bench.register.runner.drain();
    const many = await workOfAllSteps();
    expect(many).toEqual({ steps: few.steps + 40, work: few.work });
    expect(few.work).toBeGreaterThan(0);
  });

  it('tells every step as one asked for alone', async () => {
    const handler = new GetReplayHandler(bench.register);
    for await (const step of (await replayOf(bench.register, IDS.recipient)).steps())
      expect(await handler.execute(new GetReplay(IDS.recipient, BigInt(step.event.position)))).toEqual(step);
  });

  it('has the entries of her contacts among the steps, and shows a title turning', async () => {
    const staff = `staff-${IDS.staff}`;
    await bench.import([
      line('LeaveStarted', staff, { kind: 'föräldraledighet' }, { effectiveOn: '2024-02-15' }),
      line('LeaveEnded', staff, {}, { effectiveOn: '2024-02-20' }),
      line('StaffMovedUnit', staff, { unit: IDS.unit }, { effectiveOn: '2024-03-20' }),
      line('ContactAssigned', STREAM, { assignment: IDS.assignment, role: 'PRIMARY', staff: IDS.staff }),
      line('LeaveStarted', staff, { kind: 'semester' }, { effectiveOn: '2024-05-01' }),
      line(
        'TitleVerified',
        staff,
        { certificateDate: '2024-02-01', method: 'HOSP_DIRECT', checkedBy: 'HOSP' },
        { effectiveOn: '2024-05-02' },
      ),
    ]);
    await bench.register.runner.drain();
    const ofStaff = [];
    for await (const step of (await replayOf(bench.register, IDS.recipient)).steps())
      if (step.event.staff) ofStaff.push(step);
    expect(ofStaff.map(({ event }) => [event.type, event.effectiveOn, event.staff, event.data])).toEqual([
      ['LeaveEnded', '2024-02-20', { id: IDS.staff, name: 'Siv Ek' }, {}],
      ['LeaveStarted', '2024-05-01', { id: IDS.staff, name: 'Siv Ek' }, {}],
      ['TitleVerified', '2024-05-02', { id: IDS.staff, name: 'Siv Ek' }, expect.any(Object)],
    ]);
    expect(ofStaff.at(-1)?.changed.compliance).toContainEqual(
      expect.objectContaining({ rule: 'TITLE', assignment: IDS.assignment, from: 'BREACH', to: 'MET' }),
    );
    const { entries } = await new GetTimelineHandler(bench.register).execute(
      new GetTimeline(IDS.recipient, '2024-06-01'),
    );
    expect(entries.filter((entry) => entry.staff).map(({ eventId }) => eventId)).toEqual(
      ofStaff.map(({ event }) => event.eventId),
    );
  });
});
