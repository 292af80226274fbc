import type { VNode } from 'preact';
import type { Inspection } from '../../answers/access/decided-access.js';
import { INSPECTION_AUTHORITIES } from '../../facts/codes.js';
import { codeWords } from '../../facts/labels.js';
import { Head } from '../components/head.js';
import { Cell, Row, RowHead, Table } from '../components/table.js';
import { Document } from '../html/document.js';
import { hrefOfStep } from '../record/step-form.js';
import { stepRecording } from '../record/step-named.js';
import type { Visitor } from '../visitor.js';
import { daysLeft } from './days-left.js';

/** An inspection that goes on, and whom it inspects. */
export interface Case extends Inspection {
  readonly controllerName: string;
}

/** The inspections that go on, for who opens them and for who has several. */
export function InspectionsPage({
  on,
  cases,
  opensAt,
  visitor,
}: {
  readonly on: string;
  readonly cases: readonly Case[];
  /** The controllers at which she also opens and closes them. */
  readonly opensAt: readonly { readonly id: string; readonly name: string }[];
  readonly visitor: Visitor;
}): VNode {
  return (
    <Document title="Inspektion" place="inspection" visitor={visitor}>
      <Head title="Inspektion">
        <p class="lede">
          {cases.length === 0
            ? 'Ingen granskning pågår.'
            : cases.length === 1
              ? 'En granskning pågår.'
              : `${cases.length} granskningar pågår.`}{' '}
          Den som granskar behöver också en behörighet som nämner ärendet.
        </p>
        {opensAt.length === 0 ? null : (
          <p class="buttons">
            {opensAt.map(({ id, name }) => (
              <a key={id} class="button" href={hrefOfStep(stepRecording('InspectionOpened'), { controller: id })}>
                Öppna en granskning{opensAt.length === 1 ? '' : ` hos ${name}`}
              </a>
            ))}
          </p>
        )}
      </Head>
      {cases.length === 0 ? null : (
        <div class="wrap">
          <section class="panel" aria-label="Granskningar">
            <Table
              label="Granskningar"
              columns={['Ärende', 'Granskare', 'Personuppgiftsansvarig', 'Till och med', 'Gör'].map((words) => ({
                words,
              }))}
            >
              {cases.map(({ inspection, caseNumber, authority, controller, controllerName, to }) => (
                <Row key={inspection}>
                  <RowHead>
                    <a href={`/inspektion/${inspection}`}>{caseNumber}</a>
                  </RowHead>
                  <Cell label="Granskare">{codeWords(INSPECTION_AUTHORITIES, authority)}</Cell>
                  <Cell label="Personuppgiftsansvarig">{controllerName}</Cell>
                  <Cell label="Till och med">
                    {to}, {daysLeft(on, to)}
                  </Cell>
                  <Cell>
                    {opensAt.some(({ id }) => id === controller) ? (
                      <a href={hrefOfStep(stepRecording('InspectionClosed'), { id: inspection })}>
                        Avsluta<span class="hidden"> ärende {caseNumber}</span>
                      </a>
                    ) : null}
                  </Cell>
                </Row>
              ))}
            </Table>
          </section>
        </div>
      )}
    </Document>
  );
}
