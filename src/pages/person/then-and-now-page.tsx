import type { VNode } from 'preact';
import type { EpisodeOnDay, RuleOnDay } from '../../answers/compliance/compliance.js';
import type { TimelineEntry } from '../../answers/timeline/timeline.js';
import { typeLabel } from '../../facts/labels.js';
import { address } from '../asked.js';
import { type Crumb, Head } from '../components/head.js';
import { Panel } from '../components/panel.js';
import { StatusBadge } from '../components/status.js';
import { Cell, Row, RowHead, Table } from '../components/table.js';
import { Document } from '../html/document.js';
import type { Visitor } from '../visitor.js';
import { atTime, civil, longDay } from '../../kernel/time/swedish-dates.js';
import { ruleWords } from '../words/rule-words.js';

type Judged = readonly Pick<EpisodeOnDay, 'episode' | 'rules'>[];

export interface ThenAndNowProps {
  readonly recipient: string;
  readonly name: string;
  readonly crumbs: readonly Crumb[];
  readonly on: string;
  readonly knownAt: string;
  readonly before: Judged;
  readonly after: Judged;
  /** What was registered after the knowledge time and holds for the day. */
  readonly since: readonly TimelineEntry[];
  readonly visitor: Visitor;
}

/** The same day by what one knew then and by what one knows now: what differs, and which entries came in between. */
export function ThenAndNowPage(props: ThenAndNowProps): VNode {
  const { recipient, name, crumbs, on, knownAt, before, after, since, visitor } = props;
  const { day, time } = civil(knownAt);
  const rows = compared(before, after);
  const changed = rows.filter((row) => row.was?.status !== row.is?.status).length;
  return (
    <Document title={`Då och nu: ${name}`} place="units" visitor={visitor}>
      <Head panel title="Då och nu" crumbs={crumbs}>
        <p class="lede">
          {name} den {longDay(on)}: det vi visste {atTime(knownAt)}, och det vi vet nu.
        </p>
        <form class="buttons" method="get" action={`/personer/${recipient}/da-och-nu`}>
          {[
            ['dag', 'Dag att se på', on],
            ['visste', 'Enligt det vi visste, dag', day],
            ['klockan', 'klockan', time],
          ].map(([field, label, value]) => (
            <span key={field}>
              <label for={field}>{label}</label>{' '}
              <input class="day" type="text" id={field} name={field} value={value} maxLength={10} />
            </span>
          ))}
          <button class="small" type="submit">
            Visa
          </button>
        </form>
      </Head>
      <div class="wrap cols even">
        <Panel title={`Reglerna den ${longDay(on)}`} beside={`${changed} av ${rows.length} är ändrade`}>
          <Table label="Reglerna då och nu" columns={['Regel', 'Vi visste', 'Vi vet nu'].map((words) => ({ words }))}>
            {rows.map((row) => (
              <Row key={row.key}>
                <RowHead>{ruleWords(row.rule).name}</RowHead>
                <Cell label="Vi visste">
                  <Told rule={row.was} />
                </Cell>
                <Cell label="Vi vet nu" changed={row.was?.status !== row.is?.status}>
                  <Told rule={row.is} />
                </Cell>
              </Row>
            ))}
          </Table>
        </Panel>
        <Panel title="Det som har registrerats sedan dess" beside={`${since.length} händelser`}>
          <ul class="rows">
            {since.map((entry) => (
              <li key={entry.eventId}>
                <span class="name">
                  <a href={address(`/personer/${recipient}/steg-for-steg`, { plats: entry.position })}>
                    {typeLabel(entry.type)}
                  </a>
                </span>
                <span class="since">
                  gäller {longDay(entry.effectiveOn)}, registrerad {atTime(entry.recordedAt)}
                </span>
              </li>
            ))}
            {since.length === 0 ? <li>Inget.</li> : null}
          </ul>
        </Panel>
      </div>
    </Document>
  );
}

function Told({ rule }: { readonly rule: RuleOnDay | undefined }): VNode {
  if (!rule) return <span class="muted">Prövades inte</span>;
  return (
    <span>
      <StatusBadge status={rule.status} kind={rule.kind} /> <span class="small muted">sedan {rule.since}</span>
    </span>
  );
}

interface Compared {
  readonly key: string;
  readonly rule: string;
  readonly was?: RuleOnDay;
  readonly is?: RuleOnDay;
}

function compared(before: Judged, after: Judged): Compared[] {
  const [was, is] = [keyed(before), keyed(after)];
  return [...new Set([...is.keys(), ...was.keys()])].map((key) => ({
    key,
    rule: (is.get(key) ?? was.get(key))?.rule ?? '',
    ...(was.has(key) ? { was: was.get(key) } : {}),
    ...(is.has(key) ? { is: is.get(key) } : {}),
  }));
}

function keyed(episodes: Judged): Map<string, RuleOnDay> {
  return new Map(
    episodes.flatMap(({ episode, rules }) =>
      rules.map((rule) => [`${episode} ${rule.rule} ${rule.assignment ?? ''}`, rule] as const),
    ),
  );
}
