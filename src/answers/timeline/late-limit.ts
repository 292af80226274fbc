import { Facts, NO_FACTS } from '../../compliance-rules/facts.js';
import { POLICY_DEFAULTS, policyByDay, policyOn } from '../../compliance-rules/policy.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { careOf } from '../../compliance-rules/situation/care.js';
import { categoryOf, type RecordedEvent } from '../../kernel/event-sourcing/envelope.js';
import { type Day, dayOf } from '../../kernel/time/day.js';
import type { Streams } from '../../judgement/read-model.js';

/**
 * Prepares the limit for late entries of some streams (contract §5: lateRegistrationDays): the policy on the day on
 * which the entry became true, of the unit that an episode is in by then, or of the recipient's or employee's own
 * controller.
 */
export async function lateLimits(
  streams: ReadonlyMap<string, readonly RecordedEvent[]>,
  reads: Pick<Streams, 'read'>,
  upTo?: bigint,
): Promise<(stream: string, effectiveOn: string) => number> {
  const read = (stream: string) => reads.read(stream, upTo);
  const limits = new Map<string, LimitOn>();
  for (const [stream, events] of streams) {
    const limit = await (categoryOf(stream) === 'careEpisode'
      ? limitOfEpisode(events, read)
      : limitOfRegistered(events, read));
    if (limit) limits.set(stream, limit);
  }
  return (stream, effectiveOn) => limits.get(stream)?.(dayOf(effectiveOn)) ?? POLICY_DEFAULTS.lateRegistrationDays;
}

type LimitOn = (day: Day) => number;
type Read = (stream: string) => Promise<readonly RecordedEvent[]>;

async function limitOfEpisode(episode: readonly RecordedEvent[], read: Read): Promise<LimitOn | undefined> {
  const care = careOf(new Facts(resolveEntries(episode)));
  if (!care) return undefined;
  const { units, careForm } = care;
  const factsOf = async (stream: string) => new Facts(resolveEntries(await read(stream)));
  const unitFacts = new Map<string, Facts>();
  const policyFacts = new Map<string, Facts>();
  for (const { value: unit } of units) {
    if (unitFacts.has(unit)) continue;
    const facts = await factsOf(`unit-${unit}`);
    unitFacts.set(unit, facts);
    for (const opening of facts.of('UnitOpened')) {
      const deciding = opening.data.commissionedBy ?? opening.data.controller;
      if (!policyFacts.has(deciding)) policyFacts.set(deciding, await factsOf(`policy-${deciding}`));
    }
  }
  const policy = policyByDay(units, careForm, {
    unit: (id) => unitFacts.get(id) ?? NO_FACTS,
    policy: (id) => policyFacts.get(id) ?? NO_FACTS,
  });
  return (day) => policy.on(day).lateRegistrationDays;
}

async function limitOfRegistered(registered: readonly RecordedEvent[], read: Read): Promise<LimitOn | undefined> {
  const controller = new Facts(resolveEntries(registered)).of('RecipientRegistered', 'StaffRegistered')[0]?.data
    .controller;
  if (controller === undefined) return undefined;
  const adopted = await read(`policy-${controller}`);
  return (day) => policyOn(adopted, day).values.lateRegistrationDays;
}
