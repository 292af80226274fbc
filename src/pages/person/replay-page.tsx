import type { VNode } from 'preact';
import type { ReplayAnswer } from '../../answers/timeline/replay.js';
import type { Names } from '../../answers/text/names.js';
import { typeLabel } from '../../facts/labels.js';
import { address } from '../asked.js';
import { type Crumb, Head } from '../components/head.js';
import { Pairs, Panel } from '../components/panel.js';
import { Cell, Row, RowHead, Table } from '../components/table.js';
import { Document } from '../html/document.js';
import { fieldLines } from '../history/told-entry.js';
import type { Visitor } from '../visitor.js';
import { atTime, longDay } from '../../kernel/time/swedish-dates.js';
import { ruleWords, STATUS_WORDS } from '../words/rule-words.js';

/** One step of a history: what was registered, and what it changed. */
export function ReplayPage({
  step,
  names,
  crumbs,
  knownAt,
  visitor,
}: {
  readonly step: ReplayAnswer;
  readonly names: Names;
  readonly crumbs: readonly Crumb[];
  readonly knownAt?: string;
  readonly visitor: Visitor;
}): VNode {
  const { event, changed, previous, next, recipient, asOf } = step;
  const href = (position: string) =>
    address(`/personer/${recipient}/steg-for-steg`, { plats: position, kant: knownAt });
  return (
    <Document title={typeLabel(event.type)} place="units" visitor={visitor}>
      <Head panel title={typeLabel(event.type)} crumbs={crumbs}>
        <p class="lede">
          Registrerad {atTime(event.recordedAt)}. Så såg det ut för den {longDay(asOf)}, före och efter.
        </p>
        <p class="buttons">
          {previous === undefined ? null : (
            <a class="button small" href={href(previous)}>
              Föregående händelse
            </a>
          )}
          {next === undefined ? null : (
            <a class="button small" href={href(next)}>
              Nästa händelse
            </a>
          )}
        </p>
      </Head>
      <div class="wrap cols even">
        <Panel title="Händelsen">
          <div class="body">
            <Pairs
              of={[
                ...fieldLines(event.type, event.data, names),
                ['Gäller från', longDay(event.effectiveOn)],
                ['Plats i loggen', event.position],
              ]}
            />
          </div>
        </Panel>
        <Panel title="Det som ändrades i bedömningen" beside={`${changed.compliance.length} regler`}>
          <Table label="Ändrat" columns={['Regel', 'Före', 'Efter'].map((words) => ({ words }))}>
            {changed.compliance.map(({ episode, rule, assignment, from, to }) => (
              <Row key={`${episode} ${rule} ${assignment ?? ''}`}>
                <RowHead>{ruleWords(rule).name}</RowHead>
                <Cell label="Före">{from === null ? 'Prövades inte' : STATUS_WORDS[from]}</Cell>
                <Cell label="Efter" changed>
                  {to === null ? 'Prövas inte' : STATUS_WORDS[to]}
                </Cell>
              </Row>
            ))}
            {changed.compliance.length === 0 ? (
              <Row>
                <Cell>Ingen regel bedöms på ett annat sätt.</Cell>
              </Row>
            ) : null}
          </Table>
        </Panel>
      </div>
    </Document>
  );
}
