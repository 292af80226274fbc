import type { VNode } from 'preact';
import type { DueItem } from '../../answers/current-state/due-items.js';
import { address } from '../asked.js';
import { Head, timesQuery } from '../components/head.js';
import { Pairs, Panel } from '../components/panel.js';
import { StatusIcon } from '../components/status.js';
import { Document } from '../html/document.js';
import { mendingHref } from '../person/mending.js';
import { wordsOf } from '../units/due-list.js';
import type { Lack, ListedRow } from '../units/unit-view.js';
import type { Visitor } from '../visitor.js';
import { dayNear, howLong, longDay, shortDate, shortDay, weekdayDate } from '../../kernel/time/swedish-dates.js';
import { ruleWords } from '../words/rule-words.js';
import { NAMELESS, persons, STATE_WORDS } from '../words/state-words.js';
import { slugOf } from '../words/slug.js';

export interface StartPageProps {
  readonly unit: string;
  readonly name: string;
  readonly on: string;
  readonly today: string;
  readonly rows: readonly ListedRow[];
  /** What falls due through {@link dueTo}. */
  readonly due: readonly DueItem[];
  readonly dueTo: string;
  readonly visitor: Visitor;
}

interface LackOfPerson {
  readonly row: ListedRow['row'];
  readonly lack: Lack;
}

/** What needs somebody who leads a unit: each lack leads to the act that mends it. */
export function StartPage({ unit, name, on, today, rows, due, dueTo, visitor }: StartPageProps): VNode {
  const kept = timesQuery({ on }, today);
  const path = `/enheter/${unit}`;
  const all = rows.flatMap(({ row, lacks }) => lacks.map((lack): LackOfPerson => ({ row, lack })));
  const law = all.filter(({ lack }) => lack.kind === 'STATUTORY' && lack.status === 'BREACH');
  const local = all.filter(({ lack }) => lack.kind === 'LOCAL' && lack.status === 'BREACH');
  const inLaw = new Set(law.map(({ row }) => row.episode)).size;
  const names = new Map(rows.map(({ row }) => [row.recipient, row.recipientName]));
  const things = due.length === 1 ? '1 sak' : `${due.length} saker`;
  return (
    <Document title="Det här behöver dig" place="start" visitor={visitor}>
      <Head title="Det här behöver dig" beside={weekdayDate(on)}>
        <p class="lede">
          {inLaw === 0 ? 'Ingen' : persons(inLaw)} i {name} har en brist mot lagen. {things} förfaller till och med{' '}
          {dayNear(dueTo, on)}.
        </p>
      </Head>
      <div class="wrap cols">
        <div class="stack">
          <Panel
            title={[<SectionIcon key="i" kind="STATUTORY" />, 'Brister mot lagen']}
            beside={`${persons(inLaw)} · äldst först`}
          >
            {law.length === 0 ? <p class="body">Inga.</p> : null}
            {byRule(law).map(([rule, within]) => (
              <div key={rule}>
                <h3 class="group">
                  {persons(new Set(within.map(({ row }) => row.episode)).size)}: {ruleWords(rule).lack.toLowerCase()}
                  <a href={address(path, { ...kept, visa: slugOfRule(rule) })}>
                    Visa i enheten<span class="hidden"> de som har bristen {ruleWords(rule).lack.toLowerCase()}</span>
                  </a>
                </h3>
                <ul class="rows">
                  {within.map(({ row, lack }) => (
                    <li key={`${row.episode} ${lack.assignment ?? ''}`}>
                      <span class="name">
                        <a href={address(`/personer/${row.recipient}`, kept)}>
                          {row.recipientName ?? <em>{NAMELESS}</em>}
                        </a>
                      </span>
                      <span class="since">
                        {contactOf(row, lack)}sedan {shortDate(lack.since)} · {howLong(lack.since, on)}
                      </span>
                      <a class="button small" href={mendingHref(rule, row.episode, lack.assignment)}>
                        {ruleWords(rule).act.button}
                        <span class="hidden"> för {row.recipientName ?? NAMELESS}</span>
                      </a>
                    </li>
                  ))}
                </ul>
              </div>
            ))}
          </Panel>
          <Panel
            title={[<SectionIcon key="i" kind="LOCAL" />, 'Brister mot kommunens rutin']}
            beside={persons(new Set(local.map(({ row }) => row.episode)).size)}
          >
            {local.length === 0 ? <p class="body">Inga.</p> : null}
            <ul class="rows">
              {byRule(local)
                .sort(([, a], [, b]) => b.length - a.length)
                .map(([rule, within]) => (
                  <li key={rule}>
                    <span class="name">{ruleWords(rule).lack}</span>
                    <a href={address(path, { ...kept, visa: slugOfRule(rule) })}>
                      Visa {within.length === 1 ? 'den' : `de ${within.length}`}
                      <span class="hidden">: {ruleWords(rule).lack.toLowerCase()}</span>
                    </a>
                  </li>
                ))}
            </ul>
          </Panel>
        </div>
        <div class="stack">
          <Panel title="Förfaller snart" beside={<a href={address(`${path}/forfaller`, kept)}>Hela listan</a>}>
            <div class="body">
              {due.length === 0 ? <p>Inget förfaller till och med {longDay(dueTo)}.</p> : null}
              <ul class="dated">
                {due.map((item) => (
                  <li key={`${item.dueOn} ${item.episode} ${wordsOf(item)}`}>
                    <time dateTime={item.dueOn}>{shortDay(item.dueOn)}</time>
                    <span>
                      <a href={address(`/personer/${item.recipient}`, kept)}>{names.get(item.recipient) ?? NAMELESS}</a>
                      <br />
                      <span class="small muted">{wordsOf(item)}</span>
                    </span>
                  </li>
                ))}
              </ul>
            </div>
          </Panel>
          <Panel title="Enheten" beside={<a href={address(path, kept)}>Öppna</a>}>
            <div class="body">
              <Pairs counts of={[['Personer', rows.length], ...states(rows)]} />
            </div>
          </Panel>
        </div>
      </div>
    </Document>
  );
}

function SectionIcon({ kind }: { readonly kind: 'STATUTORY' | 'LOCAL' }): VNode {
  return (
    <span class="status bad">
      <StatusIcon status="BREACH" kind={kind} />{' '}
    </span>
  );
}

/** In the order of the first, which is the oldest. */
function byRule(lacks: readonly LackOfPerson[]): [rule: string, within: LackOfPerson[]][] {
  const groups = new Map<string, LackOfPerson[]>();
  const oldest = [...lacks].sort((a, b) => (a.lack.since < b.lack.since ? -1 : a.lack.since > b.lack.since ? 1 : 0));
  for (const one of oldest) groups.set(one.lack.rule, [...(groups.get(one.lack.rule) ?? []), one]);
  return [...groups];
}

function contactOf(row: ListedRow['row'], { assignment }: Lack): string {
  const contact = row.contacts.find((one) => one.assignment === assignment);
  return contact === undefined ? '' : `${contact.name ?? NAMELESS}, `;
}

/** The filter of a unit's list that shows who has a lack. */
export function slugOfRule(rule: string): string {
  return `brist-${slugOf(rule.replaceAll('_', ' '))}`;
}

function states(rows: readonly ListedRow[]): (readonly [string, number])[] {
  return Object.entries(STATE_WORDS)
    .map(([state, words]) => [words, rows.filter(({ row }) => row.state === state).length] as const)
    .filter(([, count]) => count > 0);
}
