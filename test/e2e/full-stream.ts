import { v4 } from 'uuid';
import { EVENTS_A_STREAM } from '../../src/recording/step-recorder.js';
import type { FactToRecord } from '../../src/kernel/event-sourcing/event-log.js';
import type { Scene, TestServer } from './commands.harness.js';

const AT_A_TIME = 500;

/** Lets the unit of a scene have all the events that its stream takes from commands, but for so many. */
export async function fillUnit({ register }: TestServer, scene: Scene, butFor: number): Promise<void> {
  const stream = `unit-${scene.unit}`;
  const there = await register.log.readStream(stream);
  const facts = Array.from({ length: EVENTS_A_STREAM - there.length - butFor }, (): FactToRecord => ({
    id: v4(),
    type: 'UnitManagerAppointed',
    stream,
    effectiveOn: '2026-11-20',
    actor: { id: 'test', role: 'ADMINISTRATOR' },
    controller: scene.controller,
    subject: scene.unit,
    data: { staff: scene.anna },
  }));
  for (let at = 0; at < facts.length; at += AT_A_TIME)
    await register.log.append(stream, 'ANY', facts.slice(at, at + AT_A_TIME));
}
