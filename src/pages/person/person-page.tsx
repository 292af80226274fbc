import type { VNode } from 'preact';
import type { EpisodeOnDay } from '../../answers/compliance/compliance.js';
import type { EpisodeInPicture, PictureAnswer } from '../../answers/compliance/get-picture.js';
import type { TimelineAnswer } from '../../answers/timeline/get-timeline.js';
import type { Names } from '../../answers/text/names.js';
import type { EvidenceFigures } from '../../kernel/observability/evidence.js';
import { address } from '../asked.js';
import { ChooseDay, type Crumb, Head, Remarks, type Times, timesQuery } from '../components/head.js';
import { Panel } from '../components/panel.js';
import { Patterns } from '../components/patterns.js';
import { History } from '../history/history.js';
import type { ToldEntry } from '../history/told-entry.js';
import { Document } from '../html/document.js';
import { lacksOf } from '../units/unit-view.js';
import type { Visitor } from '../visitor.js';
import { longDay } from '../../kernel/time/swedish-dates.js';
import { ruleWords, STATUS_WORDS } from '../words/rule-words.js';
import { capital, careFormWords, NAMELESS, ROLE_WORDS } from '../words/state-words.js';
import { LETTER_WORDS, lifeOf } from './life/lanes.js';
import { LifeDrawing, NARROW, WIDE } from './life/life-drawing.js';
import { RulesNow } from './rules-now.js';
import { lackSentence, stateSentence } from './sentence.js';

/** Who a person is, as the head of her pages says it. */
export interface Identity {
  readonly recipient: string;
  readonly name: string | null;
  readonly number?: string;
  readonly age?: number;
  readonly protection?: string;
}

export interface PersonPageProps {
  readonly identity: Identity;
  readonly times: Times;
  readonly today: string;
  readonly visitor: Visitor;
  readonly picture: PictureAnswer;
  readonly compliance: readonly Omit<EpisodeOnDay, 'recipient'>[];
  readonly timeline: TimelineAnswer;
  readonly entries: readonly ToldEntry[];
  readonly names: Names;
  readonly evidence?: EvidenceFigures;
  readonly newestFirst: boolean;
  /** What each episode's state says that the head shows: care, plan, relatives. */
  readonly facts: ReadonlyMap<string, readonly (readonly [label: string, words: string])[]>;
  /** The way to the form that mends a lack; absent where there is none. */
  readonly mend: (rule: string, episode: string, assignment?: string) => string;
}

/** One person: the answer first, then the rules and the life as a picture beside the history. */
export function PersonPage(props: PersonPageProps): VNode {
  const { identity, times, today, visitor, picture, timeline, newestFirst, entries, names, evidence } = props;
  const path = `/personer/${identity.recipient}`;
  const kept = timesQuery(times, today);
  const current = picture.episodes.filter(({ row }) => row !== undefined);
  const shown = current.length > 0 ? current : picture.episodes.slice(-1);
  const corrected = entries.filter(({ correction }) => correction !== undefined).length;
  return (
    <Document title={identity.name ?? NAMELESS} place="units" visitor={visitor}>
      <Head
        panel
        title={identity.name ?? NAMELESS}
        crumbs={unitCrumbs(shown, names, times, today)}
        times={times}
        beside={[
          <ChooseDay key="day" path={path} times={times} />,
          <a key="then" href={address(`${path}/da-och-nu`, kept)}>
            Då och nu
          </a>,
          <button key="print" class="small plain no-print" type="button" data-print hidden>
            Skriv ut
          </button>,
        ]}
      >
        <IdentityLine identity={identity} />
        {shown.map((episode) => (
          <EpisodeHead key={episode.episode} episode={episode} several={shown.length > 1} {...props} />
        ))}
        {shown.length === 0 ? <p class="lede">Ingen omsorg är registrerad.</p> : null}
      </Head>
      <Remarks {...timeline} />
      <Patterns />
      <div class="wrap cols person">
        <div>
          <div class="sticky stack">
            {shown.map((episode) => (
              <EpisodeParts key={episode.episode} episode={episode} {...props} />
            ))}
          </div>
        </div>
        <div>
          <Panel
            title="Historik"
            beside={[
              `${entries.length} händelser${corrected === 0 ? '' : `, ${corrected} rättade`} `,
              <a key="order" href={address(path, { ...kept, ordning: newestFirst ? 'aldst' : undefined })}>
                {newestFirst ? 'Äldst först' : 'Nyast först'}
              </a>,
            ]}
          >
            <History
              entries={entries}
              names={names}
              newestFirst={newestFirst}
              evidence={evidence}
              stepHref={(position) => address(`${path}/steg-for-steg`, { plats: position, kant: times.knownAt })}
              mendHref={(event) => `/handelser/${event}`}
            />
          </Panel>
        </div>
      </div>
    </Document>
  );
}

/** The number by which a person is known, and how old she is. */
export function IdentityLine({ identity: { number, age, protection } }: { readonly identity: Identity }): VNode {
  const words = [...(number === undefined ? [] : [number]), ...(age === undefined ? [] : [`${age} år`])].join(', ');
  return (
    <p class="small muted">
      {words} {protection === undefined ? null : <span class="tag">{protection}</span>}
    </p>
  );
}

/** The way back to the unit that the person has care from. */
export function unitCrumbs(
  episodes: readonly EpisodeInPicture[],
  names: Names,
  times: Times,
  today: string,
): readonly Crumb[] {
  const unit = episodes[0]?.units.findLast(({ from }) => from <= times.on)?.unit ?? episodes[0]?.units[0]?.unit;
  if (unit === undefined) return [];
  return [{ href: address(`/enheter/${unit}`, timesQuery(times, today)), words: names.of(unit) }];
}

function EpisodeHead({
  episode,
  several,
  times,
  facts,
  mend,
}: PersonPageProps & { readonly episode: EpisodeInPicture; readonly several: boolean }): VNode {
  const contact = episode.row?.contacts ?? [];
  const lacks = episode.row ? lacksOf(episode.row) : [];
  const [worst] = lacks;
  return (
    <div>
      <p class="lede">
        {several ? <span class="tag">{careFormWords(episode.careForm)}</span> : null}{' '}
        <strong>{stateSentence(episode, times.on)}</strong> {lackSentence(episode)}
      </p>
      <div class="title-row">
        <dl class="facts">
          <div>
            <dt>Kontakt nu</dt>
            <dd>
              {contact.length === 0
                ? 'Ingen'
                : contact
                    .map(
                      ({ name, role, absent }) =>
                        `${name ?? NAMELESS}${role === 'PRIMARY' ? '' : ` (${ROLE_WORDS[role]})`}${absent ? ', frånvarande' : ''}`,
                    )
                    .join('; ')}
            </dd>
          </div>
          {(facts.get(episode.episode) ?? []).map(([label, words]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        <p class="buttons actions">
          {worst === undefined ? null : (
            <a class="button primary" href={mend(worst.rule, episode.episode, worst.assignment)}>
              {ruleWords(worst.rule).act.button}
            </a>
          )}
          <a class="button" href={`/registrera/omsorgsperiod/${episode.episode}`}>
            Registrera något
          </a>
        </p>
      </div>
    </div>
  );
}

function EpisodeParts({
  episode,
  compliance,
  entries,
  times,
  mend,
  identity,
}: PersonPageProps & { readonly episode: EpisodeInPicture }): VNode {
  const judged = compliance.find((one) => one.episode === episode.episode);
  const life = lifeOf(episode, entries, times.on);
  const contacts = new Map(episode.assignments.map(({ assignment, name }) => [assignment, name ?? NAMELESS]));
  const lacks = episode.row ? lacksOf(episode.row) : [];
  const label = `${identity.name ?? NAMELESS}: omsorg, erbjudande och svar, kontakt, plan och vad reglerna säger, till och med ${longDay(times.on)}`;
  const used = new Set(life.lanes.flatMap(({ marks }) => marks.map(({ letter }) => letter)));
  return (
    <div class="stack">
      {lacks.length > 1 ? (
        <Panel title="Det här behöver göras">
          <ul class="rows">
            {lacks.map(({ rule, assignment, words, since }) => (
              <li key={`${rule} ${assignment ?? ''}`}>
                <span class="name">{words}</span>
                <span class="since">sedan {longDay(since)}</span>
                <a class="button small" href={mend(rule, episode.episode, assignment)}>
                  {ruleWords(rule).act.button}
                </a>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      <RulesNow episode={judged ?? { rules: [] }} contacts={contacts} on={times.on} />
      <Panel title="Livet som bild" beside={careFormWords(episode.careForm)}>
        <div class="body">
          <div class="only-wide">
            <LifeDrawing life={life} size={WIDE} label={label} today="i dag" />
          </div>
          <div class="only-phone">
            <LifeDrawing life={life} size={NARROW} label={label} today="i dag" />
          </div>
          <Legend used={used} />
          <details>
            <summary>Visa som tabell</summary>
            <RunsTable episode={episode} />
          </details>
        </div>
      </Panel>
    </div>
  );
}

const SAMPLES: readonly (readonly [words: string, drawn: VNode])[] = [
  ['uppfyllt', <rect class="f-ok" y="5" width="22" height="3" />],
  ['inom tid', <rect fill="url(#p-due)" y="2" width="22" height="8" />],
  ['anmärkning (A)', <rect class="s-warn" fill="url(#p-warn)" x="0.5" y="2" width="21" height="9" />],
  ['brist mot lagen (B)', <rect class="f-bad" y="1" width="22" height="11" />],
  ['brist mot rutinen (B)', <rect class="f-bad-bg s-bad" x="0.5" y="1" width="21" height="11" />],
  ['rättad', <rect class="f-paper s-new" x="4" y="1.5" width="11" height="11" rx="2" stroke-width="2.25" />],
  ['sent registrerad', <path class="f-none s-warn" d="M1 7h18" stroke-dasharray="2 2" />],
  ['uppehåll, frånvaro', <rect class="s-edge" fill="url(#p-absent)" x="0.5" y="1" width="21" height="11" />],
];

function Legend({ used }: { readonly used: ReadonlySet<string> }): VNode {
  return (
    <div>
      <ul class="legend-list">
        {SAMPLES.map(([words, drawn]) => (
          <li key={words}>
            <svg class="draw" width="22" height="14" aria-hidden="true" focusable="false">
              {drawn}
            </svg>
            {words}
          </li>
        ))}
      </ul>
      <p class="small muted">
        {LETTER_WORDS.filter(([letter]) => used.has(letter))
          .map(([letter, words]) => `${letter} ${words}`)
          .join(' · ')}
      </p>
    </div>
  );
}

function RunsTable({ episode }: { readonly episode: EpisodeInPicture }): VNode {
  return (
    <table class="small">
      <caption class="hidden">Vad reglerna säger, dag för dag</caption>
      <thead>
        <tr>
          <th scope="col">Regel</th>
          <th scope="col">Läge</th>
          <th scope="col">Från</th>
          <th scope="col">Till</th>
        </tr>
      </thead>
      <tbody>
        {episode.rules.map(({ rule, status, kind, from, to, assignment }) => (
          <tr key={`${rule} ${assignment ?? ''} ${from}`}>
            <th scope="row">{capital(ruleWords(rule).name)}</th>
            <td>
              {STATUS_WORDS[status]}
              {status === 'BREACH' ? (kind === 'STATUTORY' ? ' mot lagen' : ' mot rutinen') : ''}
            </td>
            <td>{from}</td>
            <td>{to ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
