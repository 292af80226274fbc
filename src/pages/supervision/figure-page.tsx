import type { VNode } from 'preact';
import type { FigureEpisodesAnswer } from '../../answers/reports/get-figure-episodes.js';
import type { Names } from '../../answers/text/names.js';
import { figureNamed } from '../../judgement/figures/figure-names.js';
import { address } from '../asked.js';
import { Head, type Times } from '../components/head.js';
import { Cell, Row, RowHead, Table } from '../components/table.js';
import { Document } from '../html/document.js';
import type { Visitor } from '../visitor.js';
import { NAMELESS, persons } from '../words/state-words.js';

/** Who stands behind a figure of the report. */
export function FigurePage({
  answer,
  names,
  times,
  back,
  next,
  visitor,
}: {
  readonly answer: FigureEpisodesAnswer;
  readonly names: Names;
  readonly times: Times;
  readonly back: string;
  /** The way to those who found no room. */
  readonly next?: string;
  readonly visitor: Visitor;
}): VNode {
  const label = figureNamed(answer.figure)?.label ?? answer.figure;
  return (
    <Document title={label} place="supervision" visitor={visitor}>
      <Head title={label} crumbs={[{ href: back, words: 'Tillsynsrapport' }]} times={times}>
        <p class="lede">{persons(answer.count)}. Listan visas för uppföljning av verksamheten.</p>
      </Head>
      <div class="wrap">
        <section class="panel" aria-label="Personer">
          <Table label={label} columns={['Namn', 'Enhet'].map((words) => ({ words }))}>
            {answer.episodes.map(({ episode, recipient, unit }) => (
              <Row key={episode}>
                <RowHead>
                  <a href={address(`/personer/${recipient}`, { dag: times.on, kant: times.knownAt })}>
                    {names.of(recipient) === recipient ? NAMELESS : names.of(recipient)}
                  </a>
                </RowHead>
                <Cell label="Enhet">{names.of(unit)}</Cell>
              </Row>
            ))}
          </Table>
        </section>
        {next === undefined ? null : (
          <p>
            <a href={next}>Visa fler</a>
          </p>
        )}
      </div>
    </Document>
  );
}
