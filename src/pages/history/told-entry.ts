import type { TimelineEntry } from '../../answers/timeline/timeline.js';
import type { Names } from '../../answers/text/names.js';
import { codeWords, entryLabel } from '../../facts/labels.js';
import { type ToldValue, toldValues } from '../../facts/values.js';
import { difference } from '../../answers/difference.js';
import { longDay } from '../../kernel/time/swedish-dates.js';

/** An entry as a history shows it: what became of it stands with it, and is no row of its own. */
export interface ToldEntry {
  readonly entry: TimelineEntry;
  /** The day that is right, `YYYY-MM-DD`. */
  readonly day: string;
  readonly heading: string;
  /** What happened, in a few words. */
  readonly what: string;
  readonly correction?: Correction;
  readonly annulment?: Remark;
  readonly disputes: readonly Remark[];
}

/** Why something was said about an entry, by whom and when. */
export interface Remark {
  readonly text: string;
  readonly entry?: TimelineEntry;
}

export interface Correction extends Remark {
  /** What stood there and what is right, where a reader can be shown both. */
  readonly changes: readonly { readonly label: string; readonly was: string; readonly is: string }[];
}

const ABOUT_ENTRIES = ['EntryCorrected', 'EntryAnnulled', 'EntryDisputed'];

/** The entries of a history, each with what was later said about it; in order of the right day and the log. */
export function toldEntries(entries: readonly TimelineEntry[], names: Names): ToldEntry[] {
  const byId = new Map(entries.map((entry) => [entry.eventId, entry]));
  return entries
    .filter(({ type }) => !ABOUT_ENTRIES.includes(type))
    .map((entry) => told(entry, byId, names))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : Number(a.entry.position) - Number(b.entry.position)));
}

function told(entry: TimelineEntry, byId: ReadonlyMap<string, TimelineEntry>, names: Names): ToldEntry {
  const { effective, status, correctedBy, disputedBy = [] } = entry;
  const by = correctedBy === undefined ? undefined : byId.get(correctedBy);
  const data = effective?.data ?? entry.data;
  return {
    entry,
    day: effective?.effectiveOn ?? entry.effectiveOn,
    heading: entryLabel(entry.type, entry.effective?.effectiveOn ?? entry.effectiveOn),
    what: phraseOf(entry.type, data, names),
    ...(effective ? { correction: { ...reasonOf(by, 'reason'), changes: changesOf(entry, names) } } : {}),
    ...(status === 'ANNULLED' ? { annulment: reasonOf(by, 'reason') } : {}),
    disputes: disputedBy.map((id) => reasonOf(byId.get(id), 'statement')),
  };
}

function reasonOf(by: TimelineEntry | undefined, field: string): Remark {
  const text = by?.data[field];
  return { text: typeof text === 'string' ? text : '', ...(by ? { entry: by } : {}) };
}

function changesOf(entry: TimelineEntry, names: Names): Correction['changes'] {
  const { effective } = entry;
  if (!effective) return [];
  const day =
    effective.effectiveOn === entry.effectiveOn
      ? []
      : [{ label: 'dag', was: longDay(entry.effectiveOn), is: longDay(effective.effectiveOn) }];
  const [was, is] = [lines(entry.type, entry.data, names), lines(entry.type, effective.data, names)];
  const labels = [...new Set([...was.keys(), ...is.keys()])];
  const fields =
    difference(entry.data, effective.data).length === 0
      ? []
      : labels
          .map((label) => ({ label, was: was.get(label) ?? '–', is: is.get(label) ?? '–' }))
          .filter((change) => change.was !== change.is);
  return [...day, ...fields];
}

function lines(type: string, data: Readonly<Record<string, unknown>>, names: Names): Map<string, string> {
  return new Map(fieldLines(type, data, names).map(([label, value]) => [label, value]));
}

/** Every field of an entry's data, under its label. */
export function fieldLines(
  type: string,
  data: Readonly<Record<string, unknown>>,
  names: Names,
): readonly (readonly [label: string, value: string])[] {
  return toldValues(type, data, (entry) => names.typeOf(entry)).map((value) => [
    capital(value.label),
    textOf(value, names),
  ]);
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

const HIDDEN = '[kan inte visas]';

function textOf(value: ToldValue, names: Names): string {
  if (value.kind === 'group')
    return value.within
      .map((inner) => (inner.label === '–' ? textOf(inner, names) : `${inner.label}: ${textOf(inner, names)}`))
      .join('; ');
  const word = (one: unknown): string => {
    if (one === null) return HIDDEN;
    if (typeof one === 'boolean') return one ? 'ja' : 'nej';
    const text = String(one);
    const { field } = value;
    if (field?.form.kind === 'code') return codeWords(field.form.codes, text);
    return field === undefined || field.form.kind === 'id' ? names.of(text) : text;
  };
  return value.kind === 'value' ? word(value.value) : value.values.map(word).join(', ') || '–';
}

/** Fields of which a phrase is made, by type, in the order in which they are read; of others those that are short. */
const IN_PHRASE: Readonly<Record<string, readonly string[]>> = {
  CareEpisodeStarted: ['careForm', 'unit', 'services'],
  ContactAssigned: ['staff', 'role'],
  ContactReplaced: ['staff', 'reasonCode'],
  ContactEnded: ['assignment', 'reasonCode'],
  OfferAccepted: ['answeredBy'],
  OfferDeclined: ['answeredBy', 'reasonCode'],
  InformationGiven: ['form', 'attendees'],
  PlanMeetingHeld: ['form', 'attendees'],
  PlanAgreed: ['followUpOn', 'participants'],
  PlanRevised: ['followUpOn', 'participants'],
  FollowUpHeld: ['outcome', 'nextFollowUpOn', 'attendees'],
  ConsentGiven: ['person', 'relation', 'scope'],
  RecordedInDocument: ['document', 'about'],
  RecipientRegistered: ['protection'],
  StaffRegistered: ['unit'],
};

function phraseOf(type: string, data: Readonly<Record<string, unknown>>, names: Names): string {
  const fields = IN_PHRASE[type] ?? Object.keys(data).filter((name) => isShort(data[name]));
  const chosen = Object.fromEntries(
    fields.filter((name) => data[name] !== undefined).map((name) => [name, data[name]]),
  );
  const parts = toldValues(type, chosen, (entry) => names.typeOf(entry)).map((value) => said(value, names));
  return parts
    .filter((part) => part !== '')
    .map((part) => `${capital(part)}.`)
    .join(' ');
}

/** Codes that say nothing without what they are of. */
const WITH_LABEL = ['svar från', 'skyddade personuppgifter'];

/** Most codes and names speak for themselves; what else it is needs its label. */
function said(value: ToldValue, names: Names): string {
  const text = textOf(value, names);
  if (value.kind === 'group' && value.label === 'närvarande') return `närvarande: ${kindsOf(value, names)}`;
  const form = value.kind === 'group' ? undefined : value.field?.form.kind;
  return (form === 'code' || form === 'id') && !WITH_LABEL.includes(value.label) ? text : `${value.label}: ${text}`;
}

function kindsOf(value: ToldValue, names: Names): string {
  if (value.kind !== 'group') return textOf(value, names);
  return value.within
    .flatMap((attendee) => (attendee.kind === 'group' ? attendee.within : [attendee]))
    .filter((inner) => inner.kind === 'value' && inner.field?.form.kind === 'code')
    .map((kind) => textOf(kind, names))
    .join(', ');
}

function isShort(value: unknown): boolean {
  return typeof value === 'string' ? value.length <= 60 : typeof value === 'number' || typeof value === 'boolean';
}
