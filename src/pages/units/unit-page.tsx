import type { VNode } from 'preact';
import type { DueItem } from '../../answers/current-state/due-items.js';
import type { ContactLoad } from '../../answers/current-state/contact-load.js';
import { address } from '../asked.js';
import { timesQuery } from '../components/head.js';
import { Panel } from '../components/panel.js';
import { StatusIcon } from '../components/status.js';
import { Cell, GroupRow, Row, RowHead, Table } from '../components/table.js';
import { ruleWords } from '../words/rule-words.js';
import { NAMELESS, persons, ROLE_WORDS, STATE_WORDS, TITLE_WORDS } from '../words/state-words.js';
import { DueList } from './due-list.js';
import { LackLine } from './lack-line.js';
import { UnitFrame, type UnitFrameProps } from './unit-frame.js';
import { type Choice, choicesOf, EVERYBODY, inOrder, type ListedRow, ORDERS, type Order } from './unit-view.js';

export interface UnitPageProps extends Pick<UnitFrameProps, 'unit' | 'name' | 'times' | 'today' | 'visitor'> {
  readonly rows: readonly ListedRow[];
  /** What falls due within 60 days. */
  readonly due: readonly DueItem[];
  /** Episodes with something due within 14 days. */
  readonly dueSoon: ReadonlySet<string>;
  readonly loads: readonly ContactLoad[];
  readonly chosen: {
    readonly choice?: string;
    readonly name?: string;
    readonly contact?: string;
    readonly order: Order;
  };
}

const GROUPS = ['Brist mot lagen', 'Brist mot kommunens rutin', 'Anmärkning', 'Inget saknas'] as const;
const COLUMNS = ['Namn', 'Läge', 'Fast omsorgskontakt', 'Saknas, sedan', 'Nästa att göra'].map((words) => ({ words }));

/** A unit on a day: who lacks what, with names, state and contact. */
export function UnitPage(props: UnitPageProps): VNode {
  const { unit, rows, due, dueSoon, loads, chosen, times, today } = props;
  const choices = choicesOf(rows, dueSoon);
  const choice = [...choices.states, ...choices.lacks].find(({ slug }) => slug === chosen.choice);
  const contacts = contactsIn(rows);
  const contact = contacts.find(([staff]) => staff === chosen.contact)?.[0];
  const wanted = chosen.name?.toLowerCase();
  const shown = inOrder(
    rows.filter(
      (listed) =>
        (choice === undefined ? chosen.choice === undefined : choice.holds(listed)) &&
        (contact === undefined || listed.row.contacts.some(({ staff }) => staff === contact)) &&
        (wanted === undefined || (listed.row.recipientName ?? '').toLowerCase().includes(wanted)),
    ),
    chosen.order,
  );
  const keep = {
    visa: choice?.slug,
    namn: chosen.name,
    kontakt: contact,
    ordning: chosen.order === 'bradskande' ? undefined : chosen.order,
  };
  const path = `/enheter/${unit}`;
  const kept = timesQuery(times, today);
  return (
    <UnitFrame
      {...props}
      current="persons"
      counts={{ persons: rows.length, due: due.length }}
      lede={sentence(rows)}
      keep={keep}
    >
      <section class="panel" id="filter" aria-label="Personer">
        <Filter choices={choices} chosen={choice} path={path} kept={{ ...kept, ...keep }} />
        <form class="fields" method="get" action={path}>
          {Object.entries({ ...kept, visa: keep.visa }).map(([name, value]) =>
            value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
          )}
          <div>
            <label for="namn">Namn</label>
            <input type="text" id="namn" name="namn" value={chosen.name} data-narrows maxLength={100} />
          </div>
          <div>
            <label for="kontakt">Kontakt</label>
            <select id="kontakt" name="kontakt">
              <option value="">Alla kontakter</option>
              {contacts.map(([staff, name]) => (
                <option key={staff} value={staff} selected={staff === contact}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <div>
            <label for="ordning">Ordning</label>
            <select id="ordning" name="ordning">
              {Object.entries(ORDERS).map(([order, words]) => (
                <option key={order} value={order} selected={order === chosen.order}>
                  {words}
                </option>
              ))}
            </select>
          </div>
          <button type="submit">Visa</button>
          <p class="legend">
            <span class="status bad">
              <StatusIcon status="BREACH" kind="STATUTORY" /> Brist mot lagen
            </span>
            <span class="status local bad">
              <StatusIcon status="BREACH" kind="LOCAL" /> Brist mot rutinen
            </span>
          </p>
        </form>
        <p class="hidden" role="status" data-said></p>
        <Table label={`Personer i ${props.name}`} columns={COLUMNS}>
          {shown.length === 0 ? (
            <Row>
              <Cell>Ingen stämmer med det du har valt.</Cell>
            </Row>
          ) : null}
          {chosen.order === 'bradskande'
            ? GROUPS.flatMap((words, group) => {
                const within = shown.filter((listed) => listed.group === group);
                if (within.length === 0) return [];
                return [
                  <GroupRow key={words} width={COLUMNS.length}>
                    {words} <span class="muted">{within.length}</span>
                  </GroupRow>,
                  ...within.map((listed) => <PersonRow key={listed.row.episode} listed={listed} kept={kept} />),
                ];
              })
            : shown.map((listed) => <PersonRow key={listed.row.episode} listed={listed} kept={kept} />)}
        </Table>
      </section>
      <p class="small muted">Listan visas för uppföljning av verksamheten. Den visar aldrig skäl eller fri text.</p>
      <div class="cols even">
        <Panel title="Veckorna framåt" beside={<a href={address(`${path}/forfaller`, kept)}>Alla {due.length}</a>}>
          <div class="body">
            <DueList items={due.slice(0, 12)} rows={rows} kept={kept} />
          </div>
        </Panel>
        <Panel title="Kontakternas uppdrag" beside="ordinarie + andra eller vice">
          <Loads loads={loads} names={new Map(contacts)} />
        </Panel>
      </div>
    </UnitFrame>
  );
}

function sentence(rows: readonly ListedRow[]): string {
  const law = rows.filter(({ lacks }) => lacks.some(({ kind, status }) => kind === 'STATUTORY' && status === 'BREACH'));
  const local = rows.filter(({ group }) => group === 1).length;
  const first = `${persons(rows.length)} med pågående omsorg.`;
  if (law.length + local === 0) return `${first} Ingen har en brist.`;
  if (law.length === 0) return `${first} Ingen har en brist mot lagen, ${local} mot kommunens rutin.`;
  return `${first} ${law.length} har en brist mot lagen${local === 0 ? '' : `, ytterligare ${local} mot kommunens rutin`}.`;
}

function Filter({
  choices,
  chosen,
  path,
  kept,
}: {
  readonly choices: ReturnType<typeof choicesOf>;
  readonly chosen: Choice | undefined;
  readonly path: string;
  readonly kept: Readonly<Record<string, string | undefined>>;
}): VNode {
  const current = chosen?.slug ?? EVERYBODY;
  const first: readonly string[] = [EVERYBODY, 'mot-lagen', 'mot-rutinen', 'forfaller'];
  const chips = (of: readonly Choice[]) => (
    <ul class="chips">
      {of.map(({ slug, words, count }) => (
        <li key={slug} class={first.includes(slug) || slug === current ? undefined : 'more'}>
          <a
            href={address(path, { ...kept, visa: slug === EVERYBODY ? undefined : slug })}
            aria-current={slug === current ? 'true' : undefined}
          >
            {words} <strong>{count}</strong>
          </a>
        </li>
      ))}
    </ul>
  );
  return (
    <div class="filter">
      <span>Läge</span>
      {chips(choices.states)}
      <span>Saknas</span>
      {chips(choices.lacks)}
      <a class="button small open-filter" href="#filter">
        Filtrera och sök
      </a>
    </div>
  );
}

function PersonRow({
  listed: { row, lacks },
  kept,
}: {
  readonly listed: ListedRow;
  readonly kept: Readonly<Record<string, string | undefined>>;
}): VNode {
  const [contact, ...others] = row.contacts;
  return (
    <Row name={(row.recipientName ?? '').toLowerCase()}>
      <RowHead>
        <a href={address(`/personer/${row.recipient}`, kept)}>{row.recipientName ?? <em>{NAMELESS}</em>}</a>
      </RowHead>
      <Cell>{STATE_WORDS[row.state]}</Cell>
      <Cell label="Kontakt">
        {contact === undefined ? '–' : <ContactName name={contact.name} role={contact.role} absent={contact.absent} />}
        {others.map(({ assignment, name, role, absent }) => (
          <div key={assignment} class="small muted">
            <ContactName name={name} role={role} absent={absent} />
          </div>
        ))}
      </Cell>
      <Cell>
        {lacks.map((lack) => (
          <LackLine key={`${lack.rule} ${lack.assignment ?? ''}`} lack={lack} contacts={row.contacts} />
        ))}
        {row.changeRequests.map(({ request, since }) => (
          <div key={request} class="small">
            Vill byta kontakt <span class="muted">{since}</span>
          </div>
        ))}
      </Cell>
      <Cell label={row.nextDue === undefined ? undefined : 'Nästa'}>
        {row.nextDue === undefined ? null : (
          <span>
            {row.nextDue.dueOn} <span class="small muted">{ruleWords(row.nextDue.rule).name}</span>
          </span>
        )}
      </Cell>
    </Row>
  );
}

function ContactName({
  name,
  role,
  absent,
}: {
  readonly name: string | null;
  readonly role: keyof typeof ROLE_WORDS;
  readonly absent: boolean;
}): VNode {
  return (
    <span>
      {role === 'PRIMARY' ? '' : `${ROLE_WORDS[role]}: `}
      {name ?? <em>{NAMELESS}</em>} {absent ? <span class="tag">frånvarande</span> : null}
    </span>
  );
}

/** Everybody who is a contact in the rows, by name. */
function contactsIn(rows: readonly ListedRow[]): readonly (readonly [staff: string, name: string])[] {
  const names = new Map(rows.flatMap(({ row }) => row.contacts.map(({ staff, name }) => [staff, name ?? NAMELESS])));
  return [...names].sort(([, a], [, b]) => a.localeCompare(b, 'sv'));
}

const UNIT_OF_LOAD = 8;

/** How many persons each contact has. */
export function Loads({
  loads,
  names,
}: {
  readonly loads: readonly ContactLoad[];
  readonly names: ReadonlyMap<string, string>;
}): VNode {
  const most = [...loads].sort((a, b) => b.primary - a.primary || b.second + b.deputy - (a.second + a.deputy));
  return (
    <ul class="rows">
      {most.map(({ staff, primary, second, deputy, absent, titleBasis }) => (
        <li key={staff}>
          <span class="name">
            <a href={`/personal/${staff}`}>{names.get(staff) ?? NAMELESS}</a>
            {absent || (titleBasis !== undefined && titleBasis !== 'CERTIFICATE') ? (
              <span class="small muted">
                <br />
                {[
                  ...(titleBasis === undefined || titleBasis === 'CERTIFICATE' ? [] : [TITLE_WORDS[titleBasis]]),
                  ...(absent ? ['frånvarande'] : []),
                ].join(', ')}
              </span>
            ) : null}
          </span>
          <LoadBar primary={primary} others={second + deputy} />
          <span>
            {primary}
            {second + deputy === 0 ? '' : <span class="muted"> + {second + deputy}</span>}
          </span>
        </li>
      ))}
      {loads.length === 0 ? <li>Ingen har ett uppdrag.</li> : null}
    </ul>
  );
}

function LoadBar({ primary, others }: { readonly primary: number; readonly others: number }): VNode {
  const width = (primary + others) * UNIT_OF_LOAD;
  return (
    <svg class="draw" width={Math.max(width, 1)} height="10" aria-hidden="true" focusable="false">
      <rect class="f-c1" width={primary * UNIT_OF_LOAD} height="10" />
      {others === 0 ? null : (
        <rect
          class="f-none s-edge"
          x={primary * UNIT_OF_LOAD + 0.5}
          y="0.5"
          width={others * UNIT_OF_LOAD - 1}
          height="9"
        />
      )}
    </svg>
  );
}
