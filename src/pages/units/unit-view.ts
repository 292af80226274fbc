import type { UnitRow } from '../../answers/current-state/unit-row.js';
import { ruleWords } from '../words/rule-words.js';
import { STATE_WORDS } from '../words/state-words.js';
import { slugOf } from '../words/slug.js';
import type { RuleKind, Status } from '../../compliance-rules/model.js';

/** Something that is wanting in a row, as lists and filters have it. */
export interface Lack {
  readonly rule: string;
  readonly assignment?: string;
  readonly kind: RuleKind;
  readonly status: Extract<Status, 'BREACH' | 'WARNING'>;
  readonly since: string;
  readonly words: string;
}

/** What is wanting in a row: law first, then what the routine calls breaches, then remarks; the oldest first in each. */
export function lacksOf({ breaches, warnings }: Pick<UnitRow, 'breaches' | 'warnings'>): Lack[] {
  const lacks = [
    ...breaches.map((one) => ({ ...one, status: 'BREACH' as const })),
    ...warnings.map((one) => ({ ...one, status: 'WARNING' as const })),
  ];
  return lacks
    .map((lack) => ({ ...lack, words: ruleWords(lack.rule).lack }))
    .sort((a, b) => groupOf(a) - groupOf(b) || (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
}

/** 0: against the law; 1: against the municipality's routine; 2: a remark. */
function groupOf({ kind, status }: Pick<Lack, 'kind' | 'status'>): 0 | 1 | 2 {
  if (status === 'WARNING') return 2;
  return kind === 'STATUTORY' ? 0 : 1;
}

/** A row with what is wanting in it. */
export interface ListedRow {
  readonly row: UnitRow;
  readonly lacks: readonly Lack[];
  /** The group it stands in: that of its worst lack; 3 where nothing is wanting. */
  readonly group: 0 | 1 | 2 | 3;
}

export function listed(row: UnitRow): ListedRow {
  const lacks = lacksOf(row);
  const [worst] = lacks;
  return { row, lacks, group: worst ? groupOf(worst) : 3 };
}

/** A choice of the filter: one at a time. */
export interface Choice {
  /** Stands in the address. */
  readonly slug: string;
  readonly words: string;
  readonly count: number;
  readonly holds: (row: ListedRow) => boolean;
}

/** Everybody. */
export const EVERYBODY = 'alla';

const SWEDISH = new Intl.Collator('sv-SE');

/** What one can choose among: states, and what is wanting; only what somebody has. */
export function choicesOf(
  rows: readonly ListedRow[],
  dueSoon: ReadonlySet<string>,
): { readonly states: readonly Choice[]; readonly lacks: readonly Choice[] } {
  const choice = (words: string, holds: Choice['holds'], slug = slugOf(words)): Choice => ({
    slug,
    words,
    count: rows.filter(holds).length,
    holds,
  });
  const states = Object.entries(STATE_WORDS).map(([state, words]) => choice(words, ({ row }) => row.state === state));
  const rules = [...new Set(rows.flatMap(({ lacks }) => lacks.map(({ rule }) => rule)))];
  const perLack = rules
    .map((rule) =>
      choice(
        ruleWords(rule).lack,
        ({ lacks }) => lacks.some((lack) => lack.rule === rule),
        `brist-${slugOf(rule.replaceAll('_', ' '))}`,
      ),
    )
    .sort((a, b) => b.count - a.count || SWEDISH.compare(a.words, b.words));
  return {
    states: [choice('Alla', () => true, EVERYBODY), ...states.filter(({ count }) => count > 0)],
    lacks: [
      choice('Något mot lagen', ({ lacks }) => lacks.some((lack) => groupOf(lack) === 0), 'mot-lagen'),
      choice('Något mot rutinen', ({ lacks }) => lacks.some((lack) => groupOf(lack) === 1), 'mot-rutinen'),
      ...perLack,
      choice('Förfaller inom 14 dagar', ({ row }) => dueSoon.has(row.episode), 'forfaller'),
    ].filter(({ count }) => count > 0),
  };
}

/** The orders that a list can stand in. */
export const ORDERS = {
  bradskande: 'Mest brådskande först',
  namn: 'Namn',
  kontakt: 'Kontakt',
  nasta: 'Nästa att göra',
};
export type Order = keyof typeof ORDERS;

export function orderNamed(name: string | undefined): Order {
  return name !== undefined && Object.hasOwn(ORDERS, name) ? (name as Order) : 'bradskande';
}

/** Rows in the chosen order. Nobody whose name is hidden is told from others by where she stands: they come last. */
export function inOrder(rows: readonly ListedRow[], order: Order): ListedRow[] {
  const byName = (a: ListedRow, b: ListedRow): number =>
    SWEDISH.compare(surnameFirst(a.row.recipientName), surnameFirst(b.row.recipientName)) ||
    (a.row.episode < b.row.episode ? -1 : 1);
  const compare: Record<Order, (a: ListedRow, b: ListedRow) => number> = {
    bradskande: (a, b) => a.group - b.group || sinceOf(a).localeCompare(sinceOf(b)) || byName(a, b),
    namn: byName,
    kontakt: (a, b) =>
      SWEDISH.compare(a.row.contacts[0]?.name ?? '\uffff', b.row.contacts[0]?.name ?? '\uffff') || byName(a, b),
    nasta: (a, b) => (a.row.nextDue?.dueOn ?? '9').localeCompare(b.row.nextDue?.dueOn ?? '9') || byName(a, b),
  };
  return [...rows].sort(compare[order]);
}

function sinceOf({ lacks }: ListedRow): string {
  return lacks[0]?.since ?? '';
}

/** The surname before the rest; somebody without a name that can be shown comes last. */
export function surnameFirst(name: string | null): string {
  if (name === null) return '\uffff';
  const words = name.split(' ');
  return [words.at(-1), ...words.slice(0, -1)].join(' ');
}
