import { dayOf } from '../../../src/kernel/time/day.js';
import type { Dossier } from '../../../src/compliance-rules/model.js';
import { Judge, type Judgement } from './judge.js';
import type { JudgedStatus } from './rules.js';
import { knownAt } from './knowledge.js';
import { toDossier, type World } from './world.js';

/** A hand-made line: stream, type, day, data. Its ref is its number in the list (corrections name it so). */
export type HandMade = readonly [
  stream: string,
  type: string,
  effectiveOn: string,
  data?: Readonly<Record<string, unknown>>,
];

/** The episode that every hand-made history is about. */
export const EPISODE = 'e';

/** The usual start: home care in the municipality's unit, from this day. Two lines, so that the next has ref 2. */
export function started(on: string, over: Readonly<Record<string, unknown>> = {}): readonly HandMade[] {
  return [
    ['unit-u', 'UnitOpened', '2000-01-01', { controller: 'm', name: 'Enhet', careForms: ['HOME_CARE'] }],
    [
      'careEpisode-e',
      'CareEpisodeStarted',
      on,
      {
        recipient: 'r',
        unit: 'u',
        careForm: 'HOME_CARE',
        legalGround: 'SOL_NEEDS_ASSESSED',
        services: ['MEALS'],
        ...over,
      },
    ],
  ];
}

/** A fact of the episode. */
export function fact(type: string, effectiveOn: string, data: Readonly<Record<string, unknown>> = {}): HandMade {
  return ['careEpisode-e', type, effectiveOn, data];
}

/** The policy of the municipality, in force always. */
export function policy(
  values: Readonly<Record<string, unknown>>,
  from = '2000-01-01',
  basis?: Readonly<Record<string, unknown>>,
): HandMade {
  return ['policy-m', 'PolicyAdopted', from, { controller: 'm', version: 1, values, ...(basis && { basis }) }];
}

/** The history as a dossier; line n was recorded on the n-th minute of 2026-11-22. */
export function dossierOf(facts: readonly HandMade[]): Dossier {
  return toDossier(worldOf(facts), EPISODE, true);
}

function worldOf(facts: readonly HandMade[]): World {
  return {
    today: '2026-11-22',
    lines: facts.map(([stream, type, effectiveOn, data], index) => ({
      ref: String(index),
      type,
      stream,
      effectiveOn,
      actor: { id: 'a', role: 'MANAGER' },
      data: data ?? {},
    })),
    recordedAt: facts.map((_, index) => recordedAt(index)),
  };
}

/** When the line with this number was recorded. */
export function recordedAt(line: number): string {
  return new Date(Date.parse('2026-11-22T00:00:00.000Z') + line * 60_000).toISOString();
}

/** The judge of a hand-made history, asked by `YYYY-MM-DD`. */
export function judged(facts: readonly HandMade[], known?: string): (on: string) => Judgement {
  const judge = new Judge(toDossier(knownAt(worldOf(facts), known), EPISODE, true));
  return (on) => judge.on(dayOf(on));
}

/**
 * `STATUS`, with title basis where there is one, of one rule in a judgement; the first assignment's unless one is
 * named.
 */
export function statusOf(judgement: Judgement, rule: string, assignment?: string): string | undefined {
  const found = judgement.statuses.find(
    (each: JudgedStatus) => each.rule === rule && (assignment === undefined || each.assignment === assignment),
  );
  return found && [found.status, found.titleBasis].filter((part) => part !== undefined).join(' ');
}

export const offer = (on: string, id = 'o1'): HandMade => fact('ContactOffered', on, { offer: id, by: 's' });
export const yes = (on: string, id = 'o1', over = {}): HandMade =>
  fact('OfferAccepted', on, { offer: id, answeredBy: 'RECIPIENT', ...over });
export const no = (on: string, id = 'o1', over = {}): HandMade =>
  fact('OfferDeclined', on, { offer: id, answeredBy: 'RECIPIENT', ...over });
export const contact = (on: string, id = 'a1', role = 'PRIMARY', staff = 's'): HandMade =>
  fact('ContactAssigned', on, { assignment: id, role, staff });
export const replaced = (on: string, ends: string, id: string, staff = 's'): HandMade =>
  fact('ContactReplaced', on, { ends, assignment: id, staff });
export const correct = (line: number, values: object, stream = 'careEpisode-e'): HandMade => [
  stream,
  'EntryCorrected',
  '2026-01-01',
  { corrects: { ref: String(line) }, reason: 'x', ...values },
];
export const annul = (line: number, stream = 'careEpisode-e'): HandMade => [
  stream,
  'EntryAnnulled',
  '2026-01-01',
  { corrects: { ref: String(line) }, cause: 'OTHER', reason: 'x' },
];
