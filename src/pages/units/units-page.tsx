import type { VNode } from 'preact';
import type { ReportRow, SupervisionReport } from '../../answers/reports/report.js';
import { Head } from '../components/head.js';
import { Panel } from '../components/panel.js';
import { Cell, Row, RowHead, Table } from '../components/table.js';
import { Document } from '../html/document.js';
import type { Place } from '../places.js';
import type { Visitor } from '../visitor.js';

const COLUMNS = [
  { words: 'Enhet' },
  { words: 'Omsorgsperioder', number: true as const },
  { words: 'Inte erbjudna i tid', number: true as const },
  { words: 'Kontakt utan bevis', number: true as const },
  { words: 'Saknar kontakt', number: true as const },
  { words: 'Uppföljning försenad', number: true as const },
];

/** A controller and how its units stand on a day. */
export interface ControllerUnits {
  readonly name: string;
  readonly report: SupervisionReport;
}

export interface UnitsPageProps {
  readonly title: string;
  readonly place: Place;
  readonly controllers: readonly ControllerUnits[];
  readonly on: string;
  readonly visitor: Visitor;
}

/** All units, the most urgent first. */
export function UnitsPage({ title, place, controllers, on, visitor }: UnitsPageProps): VNode {
  return (
    <Document title={title} place={place} visitor={visitor}>
      <Head title={title} times={{ on }}>
        <p class="lede">Välj en enhet för att se vem som saknar vad.</p>
      </Head>
      <div class="wrap stack">
        {controllers.map(({ name, report }) => (
          <Panel
            key={report.header.controller}
            title={name}
            beside="antal omsorgsperioder som omfattas av skyldigheten"
          >
            <Table label={`Enheter hos ${name}`} columns={COLUMNS}>
              {[...report.rows].sort(byUrgency).map((row) => (
                <Row key={row.unit}>
                  <RowHead>
                    <a href={`/enheter/${row.unit}`}>{row.unitName}</a>
                  </RowHead>
                  {NUMBERS.map(([label, number]) => (
                    <Cell key={label} label={label} number>
                      {number(row)}
                    </Cell>
                  ))}
                </Row>
              ))}
            </Table>
          </Panel>
        ))}
        {controllers.length === 0 ? <p>Registret har ingen enhet med pågående omsorg.</p> : null}
      </div>
    </Document>
  );
}

const NUMBERS: readonly (readonly [label: string, number: (row: ReportRow) => number])[] = [
  ['Omsorgsperioder', (row) => row.population],
  ['Inte erbjudna i tid', (row) => row.offerBreach],
  ['Kontakt utan bevis', (row) => row.titleBreach],
  ['Saknar kontakt', (row) => row.withoutPrimary],
  ['Uppföljning försenad', (row) => row.followUpBreach],
];

function byUrgency(a: ReportRow, b: ReportRow): number {
  return b.offerBreach + b.titleBreach - (a.offerBreach + a.titleBreach) || b.withoutPrimary - a.withoutPrimary;
}
