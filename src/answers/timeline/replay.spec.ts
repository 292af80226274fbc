import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { groundwork, IDS, ImportBench, line } from '../../import/testing/history.spec-helper.js';
import { GetReplay, GetReplayHandler } from './get-replay.js';
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
});
