import type { VNode } from 'preact';
import type { Operation } from '../../answers/projections/get-operation.js';
import { Head } from '../components/head.js';
import { Pairs, Panel } from '../components/panel.js';
import { Cell, Row, RowHead, Table } from '../components/table.js';
import { Document } from '../html/document.js';
import type { Visitor } from '../visitor.js';
import { ProofState } from './proof-state.js';

const COLUMNS = [
  { words: 'Vy' },
  { words: 'Läge' },
  { words: 'Inlästa händelser', number: true as const },
  { words: 'Väntar', number: true as const },
  { words: 'Åt sidan', number: true as const },
];

const VIEW_NAMES: Readonly<Record<string, string>> = { index: 'Sökregister', assessments: 'Bedömningar' };

/** Where the views stand, what was put aside, and what vouches for the log. */
export function OperationPage({
  operation: { views, standsStill, evidence },
  visitor,
}: {
  readonly operation: Operation;
  readonly visitor: Visitor;
}): VNode {
  const parked = views.reduce((sum, view) => sum + view.parked, 0);
  const behind = views.reduce((most, view) => Math.max(most, view.lag), 0);
  return (
    <Document title="Registrets tillstånd" visitor={visitor}>
      <Head title="Registrets tillstånd">
        <p class="lede">
          {standsStill ? 'Registret står stilla tills någon har sett efter vad som är fel. ' : ''}
          {behind === 0 ? 'Allt som har registrerats är inläst.' : `${behind} händelser är inte inlästa än.`}{' '}
          {parked === 0 ? 'Inget har lagts åt sidan.' : `${parked} har lagts åt sidan och behöver ses efter.`}
        </p>
      </Head>
      <div class="wrap stack">
        <Panel title="Vyer" beside="det som svaren läses ur; kan alltid byggas om ur loggen">
          <Table label="Vyer" columns={COLUMNS}>
            {views.map(({ name, facts, lag, waiting, parked: aside, outdated, version }) => (
              <Row key={name}>
                <RowHead>
                  {VIEW_NAMES[name] ?? name} <span class="small muted">{version}</span>
                </RowHead>
                <Cell>{outdated ? 'Gjord av ett äldre program' : waiting ? 'Bedöms' : 'I kapp'}</Cell>
                <Cell label="Inlästa händelser" number>
                  {facts}
                </Cell>
                <Cell label="Väntar" number>
                  {lag}
                </Cell>
                <Cell label="Åt sidan" number>
                  {aside}
                </Cell>
              </Row>
            ))}
          </Table>
          <div class="body small muted">
            Vad som har lagts åt sidan, och varför, visar <code>fok parked</code> på servern.
          </div>
        </Panel>
        <Panel title="Är loggen orörd?">
          <div class="body">
            <ProofState evidence={evidence} />
          </div>
        </Panel>
        <Panel title="Program">
          <div class="body">
            <Pairs
              of={[
                ['Mätvärden', <a href="/metrics">/metrics</a>],
                ['Gränssnitt', <a href="/api/docs">/api/docs</a>],
              ]}
            />
          </div>
        </Panel>
      </div>
    </Document>
  );
}
