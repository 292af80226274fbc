import { describe, expect, it } from '@jest/globals';
import { damageIn } from '../audit/verify/background/verify-in-background.js';
import type { Finding } from '../audit/verify/finding.js';
import { protocolOf } from '../audit/verify/protocol.js';
import type { VerifyReport } from '../audit/verify/verify.js';
import { readConfig } from '../kernel/config/config.js';
import { FixedClock } from '../kernel/time/clock.js';
import { type RoundsTold, startVerifying } from './verifying.js';

const report = (...findings: Finding[]): VerifyReport => ({
  ok: findings.length === 0,
  checked: 7,
  findings,
  count: findings.length,
  backwards: { count: 0, most: 0 },
  sealed: 7,
  unsealed: 0,
  milliseconds: 1,
});
const protocol: RoundsTold['protocol'] = async (round, times) =>
  protocolOf(round, { register: 'r', asked: 'BACKGROUND', ...times, checkpoints: [], witnesses: [], needed: 1 });
const clock = new FixedClock('2026-11-30T08:00:00.000Z');
const config = { ...readConfig({}), verifyEveryMs: 1 };

/** Runs rounds until the last of these has ended. */
async function after(rounds: readonly (() => Promise<VerifyReport | undefined>)[]) {
  const [said, errors]: [string[], unknown[]] = [[], []];
  let next = 0;
  let over: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (over = resolve));
  const verifying = startVerifying(
    config,
    clock,
    { onError: (error) => errors.push(error), say: (line, ok) => said.push(`${ok} ${line}`), protocol },
    async () => {
      const round = rounds[next++];
      if (round) return round();
      over();
      return undefined;
    },
  );
  await done;
  const [figures, last] = [verifying?.figures, verifying?.protocol];
  await verifying?.close();
  return { said, errors, figures, last };
}

describe('verifying in the background', () => {
  it('tells of each round, and shows what the last found', async () => {
    const { said, figures, last } = await after([
      async () => report(),
      async () => report({ code: 'ROOT_DIFFERS', position: 4n, message: '' }),
    ]);
    expect(said).toEqual([
      'true verified 7 events in the background: 0 findings',
      'false verified 7 events in the background: 1 findings',
    ]);
    expect(figures).toEqual({ at: clock.now(), events: 7, findings: 1, damage: 'ROOT_DIFFERS at position 4' });
    expect(last).toMatchObject({
      asked: 'BACKGROUND',
      startedAt: clock.now(),
      endedAt: clock.now(),
      result: 'NOT_VERIFIED',
      counts: { checked: 7, findings: 1 },
      findings: [{ code: 'ROOT_DIFFERS', position: '4' }],
    });
  });

  it('goes on after a round that could not be ended, and shows what the one before found', async () => {
    const { errors, figures } = await after([async () => report(), () => Promise.reject(new Error('away'))]);
    expect(errors).toEqual([new Error('away')]);
    expect(figures).toMatchObject({ findings: 0 });
  });

  it('does not begin where the settings say so, or the log is in memory', () => {
    const told = { onError: () => undefined, say: () => undefined, protocol };
    expect(startVerifying(readConfig({ VERIFY_EVERY: 'off' }), clock, told)).toBeUndefined();
    expect(startVerifying(readConfig({ EVENT_STORE: 'memory' }), clock, told)).toBeUndefined();
  });

  it('takes what is confined to streams of a server for no reason to stop answering', () => {
    expect(damageIn(report({ code: 'FOREIGN_EVENT', message: '' }))).toBeUndefined();
    expect(
      damageIn(report({ code: 'STREAM_TRUNCATED', message: '' }, { code: 'CUT_OFF', position: 9n, message: '' })),
    ).toBe('CUT_OFF at position 9, 2 findings in all');
  });
});
