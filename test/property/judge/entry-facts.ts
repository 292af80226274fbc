import { episodeFacts, type FactMaker } from './episode-facts.js';
import { openings, policyFacts, recipientFacts, staffFacts, unitFacts } from './surrounding-facts.js';
import { pick, type Data, type Picks, type WorldBuilder } from './world-builder.js';
import type { Line } from './world.js';

const MAKERS = new Map<string, FactMaker>(
  [...episodeFacts, ...staffFacts, ...recipientFacts, ...policyFacts, ...unitFacts, ...openings].map((maker) => [
    maker.type,
    maker,
  ]),
);
const ABOUT_ENTRIES = ['EntryCorrected', 'EntryAnnulled'];

/**
 * A line to correct or annul: often the latest, often one of an episode, sometimes a correction, now and then an
 * opening.
 */
function target(world: WorldBuilder, picks: Picks): Line | undefined {
  const corrigible = world.lines.filter((line) => MAKERS.has(line.type) || ABOUT_ENTRIES.includes(line.type));
  const opened = corrigible.filter((line) => openings.some((opening) => opening.type === line.type));
  const facts = corrigible.filter((line) => !opened.includes(line));
  const corrections = corrigible.filter((line) => ABOUT_ENTRIES.includes(line.type));
  const pools = [
    facts,
    facts,
    corrections,
    facts,
    opened,
    facts.slice(-3),
    corrections.slice(-1),
    facts,
    facts.slice(-1),
  ];
  return pick(pools[picks.where % pools.length] ?? facts, picks.a);
}

/** The line that a correction or annulment names. */
function correctedBy(world: WorldBuilder, line: Line): Line | undefined {
  const corrects = line.data['corrects'];
  return typeof corrects === 'object' && corrects !== null && 'ref' in corrects
    ? world.lines[Number(corrects.ref)]
    : undefined;
}

/**
 * The whole right data of an entry: as new, but about the same entry and with the id that the original brought into
 * being.
 */
function rightData(world: WorldBuilder, line: Line, picks: Picks): Data | undefined {
  if (line.type === 'EntryAnnulled') return { corrects: line.data['corrects'], cause: 'OTHER', reason: 'y' };
  if (line.type === 'EntryCorrected') {
    const about = correctedBy(world, line);
    return about && { corrects: line.data['corrects'], reason: 'y', ...rightValues(world, about, picks) };
  }
  const maker = MAKERS.get(line.type);
  const made = maker?.make(world, { stream: line.stream, before: Number(line.ref) }, picks);
  return made && (maker?.names === undefined ? made : { ...made, [maker.names]: line.data[maker.names] });
}

/** What a correction says of an entry: another day, other data, or both. */
function rightValues(world: WorldBuilder, line: Line, picks: Picks): Data {
  const turned = { ...picks, a: picks.b, b: picks.c, c: picks.d, d: picks.a };
  const data = rightData(world, line, turned);
  const withDay = picks.c % 3 !== 0;
  const withData = data !== undefined && (!withDay || picks.d % 2 === 0);
  return { ...(withDay ? { effectiveOn: world.dayFor(line.type, picks.b) } : {}), ...(withData ? { data } : {}) };
}

/** Corrects an earlier entry, which may itself be a correction or an annulment. */
export function correct(world: WorldBuilder, picks: Picks): void {
  const line = target(world, picks);
  if (line === undefined) return;
  const data = { corrects: { ref: line.ref }, reason: 'x', ...rightValues(world, line, picks) };
  world.add('EntryCorrected', line.stream, world.dayFor('EntryCorrected', picks.day), data);
}

/** Annuls an earlier entry, which may itself be a correction or an annulment. */
export function annul(world: WorldBuilder, picks: Picks): void {
  const line = target(world, picks);
  if (line === undefined) return;
  world.add('EntryAnnulled', line.stream, world.dayFor('EntryAnnulled', picks.day), {
    corrects: { ref: line.ref },
    cause: 'NEVER_HAPPENED',
    reason: 'x',
  });
}
