import type { EventLog } from '../../kernel/event-sourcing/event-log.js';
import { linksOf } from '../../judgement/index/index-fold.js';
import type { RegisterIndex } from '../../judgement/read-model.js';

/** What of the register's index an export needs; all of it is a superset, which is what an inspector is owed. */
export type ExportIndex = Pick<
  RegisterIndex,
  'mergedWith' | 'episodesOf' | 'unitsOf' | 'episodesOfUnit' | 'staffOfUnit' | 'streams' | 'contextsOf'
>;

const PAGE = 1_000;

/** The streams of one person: those of every merged recipient, then their episodes. */
export async function streamsOfRecipient(
  index: Pick<ExportIndex, 'mergedWith' | 'episodesOf'>,
  recipient: string,
): Promise<string[]> {
  const recipients = [...new Set([recipient, ...(await index.mergedWith(recipient))])].sort();
  const episodes = await index.episodesOf(recipients);
  return [...recipients.map((id) => `recipient-${id}`), ...[...episodes].sort().map((id) => `careEpisode-${id}`)];
}

/**
 * The streams of a controller: its own and its policy, its units, their staff, their episodes, everyone whom these were
 * ever about, and whom it has registered without care.
 */
export async function streamsOfController(
  index: ExportIndex,
  log: Pick<EventLog, 'readStream'>,
  controller: string,
): Promise<string[]> {
  const units = [...(await index.unitsOf(controller))].sort();
  const staff = new Set<string>();
  const episodes = new Set<string>();
  for (const unit of units) {
    for (const id of await index.staffOfUnit(unit)) staff.add(id);
    for (const id of await index.episodesOfUnit(unit)) episodes.add(id);
  }
  const recipients = new Set<string>();
  const add = async (recipient: string): Promise<void> => {
    if (!recipients.has(recipient))
      for (const id of [recipient, ...(await index.mergedWith(recipient))]) recipients.add(id);
  };
  for (const episode of episodes) {
    const links = (await log.readStream(`careEpisode-${episode}`)).flatMap(linksOf);
    for (const { kind, from } of links) if (kind === 'RECIPIENT_EPISODE') await add(from);
  }
  for await (const recipient of registeredBy(index, controller)) await add(recipient);
  const named = (category: string, ids: Iterable<string>): string[] => [...ids].sort().map((id) => `${category}-${id}`);
  return [
    `controller-${controller}`,
    `policy-${controller}`,
    ...named('unit', units),
    ...named('staff', staff),
    ...named('recipient', recipients),
    ...named('careEpisode', episodes),
  ];
}

async function* registeredBy(
  index: Pick<ExportIndex, 'streams' | 'contextsOf'>,
  controller: string,
): AsyncGenerator<string> {
  for (let after: string | undefined; ;) {
    const page = await index.streams('recipient', { ...(after === undefined ? {} : { after }), limit: PAGE });
    const contexts = await index.contextsOf(page.map((recipient) => `recipient-${recipient}`));
    for (const recipient of page)
      if (contexts.get(`recipient-${recipient}`)?.controller === controller) yield recipient;
    if (page.length < PAGE) return;
    after = page.at(-1);
  }
}
