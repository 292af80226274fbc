import type { EventLog } from '../../kernel/event-sourcing/event-log.js';

/** What of the register's index an export needs; all of it is a superset, which is what an inspector is owed. */
export interface ExportIndex {
  mergedWith(recipient: string): Promise<string[]>;
  episodesOf(recipients: readonly string[]): Promise<string[]>;
  unitsOf(controller: string): Promise<string[]>;
  episodesOfUnit(unit: string): Promise<string[]>;
  staffOfUnit(unit: string): Promise<string[]>;
}

/** The streams of one person: those of every merged recipient, then their episodes. */
export async function streamsOfRecipient(index: ExportIndex, recipient: string): Promise<string[]> {
  const recipients = [...new Set([recipient, ...(await index.mergedWith(recipient))])].sort();
  const episodes = await index.episodesOf(recipients);
  return [...recipients.map((id) => `recipient-${id}`), ...[...episodes].sort().map((id) => `careEpisode-${id}`)];
}

/** The streams of a controller: its own and its policy, its units, their staff, their episodes and whom these are about. */
export async function streamsOfController(index: ExportIndex, log: EventLog, controller: string): Promise<string[]> {
  const units = [...(await index.unitsOf(controller))].sort();
  const staff = new Set<string>();
  const episodes = new Set<string>();
  for (const unit of units) {
    for (const id of await index.staffOfUnit(unit)) staff.add(id);
    for (const id of await index.episodesOfUnit(unit)) episodes.add(id);
  }
  const recipients = new Set<string>();
  for (const episode of episodes) {
    const [start] = await log.readStream(`careEpisode-${episode}`, { limit: 1 });
    const recipient = start?.data['recipient'];
    if (typeof recipient === 'string') for (const id of [recipient, ...(await index.mergedWith(recipient))]) recipients.add(id);
  }
  const named = (category: string, ids: Iterable<string>): string[] => [...ids].sort().map((id) => `${category}-${id}`);
  return [`controller-${controller}`, `policy-${controller}`, ...named('unit', units), ...named('staff', staff), ...named('recipient', recipients), ...named('careEpisode', episodes)];
}
