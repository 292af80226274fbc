import { categoryOf, streamIdOf } from '../kernel/event-sourcing/envelope.js';
import type { FactToRecord } from '../kernel/event-sourcing/event-log.js';
import { emptyLists, type EventType, type Reference } from '../kernel/event-sourcing/event-type.js';
import { type FieldPath, valuesAt } from '../kernel/event-sourcing/field-paths.js';
import type { StreamContext } from '../judgement/read-model.js';
import { leaveFor, type Leave } from '../facts/access-given.js';
import { eventCatalogue } from '../facts/event-catalogue.js';
import { OF_A_UNIT, subjectOfOpening } from '../facts/opened-about.js';
import { checkCorrection, checkData, checkEffectiveOn } from './fact-data.js';
import { MAX_DEPTH } from '../kernel/json-text.js';
import type { HistoryLine } from './history-line.js';
import type { EntryInChain, KnownFacts } from './known-facts.js';
import { Reject } from './reject.js';

/** A line with its event id and every `{"ref": …}` resolved, before it is known whether it is good. */
export interface Candidate {
  readonly line: HistoryLine;
  readonly eventId: string;
  readonly source: string;
}

/**
 * The fact that a line stands for, checked against everything known before it (contract §2). What happened is accepted,
 * however unlawful or odd; only what contradicts itself or names nothing is turned away.
 * @param today civil date in Stockholm
 * @throws Reject INVALID, IMPOSSIBLE_DATE, NOT_OPENED, UNKNOWN_REFERENCE, CYCLE
 */
export function factOfLine(candidate: Candidate, known: KnownFacts, today: string): FactToRecord {
  const { line, eventId, source } = candidate;
  const type = eventCatalogue.get(line.type);
  if (!type) throw new Reject('UNKNOWN_TYPE', 'the type is not one of the register');
  const on = { effective: [line.effectiveOn], recorded: today };
  const checked = checkData(type, line.data, on);
  checkEffectiveOn(type, line.effectiveOn, today);
  if (line.type === 'PolicyAdopted' && checked['controller'] !== streamIdOf(line.stream))
    throw new Reject('WRONG_STREAM', 'data.controller: is another controller than the stream is of');
  const context = contextOf(line, checked, type, known);
  const chain = correctionChain(candidate, checked, known);
  const data = chain.length > 0 && type.corrects !== undefined ? checkCorrection(checked, chain, on) : checked;
  return {
    id: eventId,
    type: line.type,
    stream: line.stream,
    effectiveOn: line.effectiveOn,
    ...(line.documentedAt === undefined ? {} : { documentedAt: line.documentedAt }),
    ...(line.lateReason === undefined ? {} : { lateReason: line.lateReason }),
    actor: line.actor,
    ...context,
    origin: { source, ref: line.ref },
    data,
    ...(chain.length > 0 ? { correctedTypes: chain } : {}),
  };
}

/**
 * The rules that hold only for a fact that is not in the register yet.
 * @param leave what of access the file may bring
 * @throws Reject OPENED_TWICE, UNKNOWN_REFERENCE, CYCLE, INVALID, ID_TAKEN, GIVES_ACCESS
 */
export function checkNewFact(fact: FactToRecord, known: KnownFacts, leave: Leave): void {
  const type = eventCatalogue.get(fact.type);
  if (!type) return;
  checkLeave(fact, known, leave);
  if (type.opens && known.context(fact.stream)) throw new Reject('OPENED_TWICE', 'the stream is open already');
  checkFilled(type, fact.data, 'data');
  checkReferences(type, fact.data, fact.stream, known, 'data');
  checkTaken(type, fact.data, fact, known);
  checkCorrectedData(fact, known);
}

/** Whatever gives access is taken in by a decision of its own, which the one who runs the import states. */
function checkLeave(fact: FactToRecord, known: KnownFacts, leave: Leave): void {
  const { corrects } = fact.data;
  const target = typeof corrects === 'string' ? known.entry(corrects) : undefined;
  const needed = leaveFor(fact, target?.baseType);
  if (needed === 'NONE' || leave === 'ALL' || needed === leave) return;
  const what = target?.baseType ?? fact.type;
  throw new Reject('GIVES_ACCESS', `${what} decides who may see what: it is taken in with --with-access alone`);
}

/**
 * The types down the chain of entries that this one is about, as deep as data can be nested; empty for an entry that
 * corrects nothing.
 * Those below the corrected one are of the same stream and can be meant: that was checked when each of them came.
 * @throws Reject CYCLE, UNKNOWN_REFERENCE
 */
function correctionChain(candidate: Candidate, data: Record<string, unknown>, known: KnownFacts): string[] {
  const { corrects } = data;
  if (typeof corrects !== 'string') return [];
  if (corrects === candidate.eventId) throw new Reject('CYCLE', 'data.corrects: the entry would correct itself');
  const entry = known.entry(corrects);
  if (!entry || entry.stream !== candidate.line.stream || !eventCatalogue.get(entry.type)?.importable)
    throw new Reject('UNKNOWN_REFERENCE', 'data.corrects: names no entry of this stream');
  return [entry, ...entry.below].slice(0, MAX_DEPTH).map(({ type }) => type);
}

function contextOf(
  line: HistoryLine,
  data: Record<string, unknown>,
  type: EventType,
  known: KnownFacts,
): StreamContext {
  const category = categoryOf(line.stream);
  const own = streamIdOf(line.stream);
  if (category === 'policy') {
    if (!known.context(`controller-${own}`)) throw new Reject('NOT_OPENED', 'no controller with this id is registered');
    return { subject: own, controller: own };
  }
  const open = known.context(line.stream);
  if (open) return open;
  if (!type.opens) throw new Reject('NOT_OPENED', 'nothing has opened the stream');
  const subject = subjectOfOpening(line.stream, data);
  if (OF_A_UNIT.has(category)) {
    const unit = known.context(`unit-${String(data['unit'])}`);
    if (!unit) throw new Reject('UNKNOWN_REFERENCE', 'data.unit: names no unit of the register');
    return { subject, controller: unit.controller };
  }
  return { subject, controller: category === 'controller' ? own : String(data['controller']) };
}

function checkFilled(type: EventType, data: Readonly<Record<string, unknown>>, prefix: string): void {
  const [empty] = emptyLists(type, data);
  if (empty !== undefined) throw new Reject('INVALID', `${prefix}.${empty}: holds nothing`);
}

function checkReferences(
  type: EventType,
  data: Readonly<Record<string, unknown>>,
  stream: string,
  known: KnownFacts,
  prefix: string,
): void {
  for (const reference of type.references) {
    for (const id of valuesAt(data, reference.path)) {
      if (typeof id === 'string' && !isKnown(reference, id, stream, known))
        throw new Reject('UNKNOWN_REFERENCE', `${prefix}.${reference.path}: names no ${nameOf(reference)}`);
    }
  }
}

function isKnown(reference: Reference, id: string, stream: string, known: KnownFacts): boolean {
  if (reference.to === 'stream') return known.context(`${reference.category}-${id}`) !== undefined;
  if (reference.to === 'entry') {
    const entry = known.entry(id);
    if (!entry || (!reference.anywhere && entry.stream !== stream)) return false;
    return !reference.types || reference.types.includes(entry.type);
  }
  const thing = known.thing(reference.kind, id);
  return thing !== undefined && (reference.anywhere === true || thing.stream === stream);
}

function nameOf(reference: Reference): string {
  if (reference.to === 'stream') return `${reference.category} of the register`;
  if (reference.to === 'entry')
    return reference.types ? `${reference.types.join(', ')} of this stream` : 'entry that can be meant';
  return reference.anywhere ? `${reference.kind} of the register` : `${reference.kind} of this stream`;
}

// An id that an entry gives may stand for that one thing only; a correction may repeat its own entry's.
function checkTaken(
  type: EventType,
  data: Readonly<Record<string, unknown>>,
  fact: FactToRecord,
  known: KnownFacts,
  base?: string,
  prefix = 'data',
): void {
  if (!type.defines) return;
  const path: FieldPath = type.defines.path;
  for (const id of valuesAt(data, path)) {
    const taken = typeof id === 'string' ? known.thing(type.defines.kind, id) : undefined;
    if (taken && (base === undefined || (known.entry(taken.event)?.base ?? taken.event) !== base))
      throw new Reject('ID_TAKEN', `${prefix}.${path}: stands for another ${type.defines.kind} already`);
  }
}

function checkCorrectedData(fact: FactToRecord, known: KnownFacts): void {
  const { corrects, data } = fact.data;
  const target = typeof corrects === 'string' ? known.entry(corrects) : undefined;
  if (eventCatalogue.get(fact.type)?.corrects !== undefined && target && isData(data))
    checkLayer(data, [target, ...target.below], target.base, fact, known, 'data.data');
}

/**
 * @param chain the entry that the data are the right data of, then the one that entry corrects, and so on; `base` is
 * the fact below them all
 */
function checkLayer(
  data: Readonly<Record<string, unknown>>,
  [target, ...deeper]: EntryInChain['below'],
  base: string,
  fact: FactToRecord,
  known: KnownFacts,
  prefix: string,
): void {
  const type = target && eventCatalogue.get(target.type);
  if (!type) return;
  const about = deeper[0]?.id;
  if (about !== undefined && data['corrects'] !== about) {
    const self = data['corrects'] === fact.id || data['corrects'] === target.id;
    throw self
      ? new Reject('CYCLE', `${prefix}.corrects: the correction would correct itself`)
      : new Reject('INVALID', `${prefix}.corrects: a correction of a correction stays about the same entry`);
  }
  checkFilled(type, data, prefix);
  checkReferences(type, data, fact.stream, known, prefix);
  checkTaken(type, data, fact, known, base, prefix);
  if (about !== undefined && type.corrects !== undefined && isData(data['data']))
    checkLayer(data['data'], deeper, base, fact, known, `${prefix}.data`);
}

function isData(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
