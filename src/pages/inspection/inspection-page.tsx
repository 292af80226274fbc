import type { VNode } from 'preact';
import type { EvidenceFigures } from '../../kernel/observability/evidence.js';
import { Head } from '../components/head.js';
import { Panel } from '../components/panel.js';
import { Document } from '../html/document.js';
import { ProofState } from '../operation/proof-state.js';
import type { Visitor } from '../visitor.js';
import { daysBetween, longDay } from '../../kernel/time/swedish-dates.js';

/** What an inspection may see, how long, and what vouches for it. */
export function InspectionPage({
  on,
  units,
  until,
  evidence,
  visitor,
}: {
  readonly on: string;
  readonly units: readonly { readonly unit: string; readonly name: string }[];
  /** The last day of the inspection. */
  readonly until?: string;
  readonly evidence?: EvidenceFigures;
  readonly visitor: Visitor;
}): VNode {
  return (
    <Document title="Inspektion" place="inspection" visitor={visitor}>
      <Head title="Inspektion">
        <p class="lede">
          {until === undefined
            ? 'Här börjar den som inspekterar. Enheterna nedan är de som du får se.'
            : `Du ser enheterna nedan och inget annat, till och med den ${longDay(until)}. Det är ${daysBetween(on, until)} dagar kvar.`}
        </p>
      </Head>
      <div class="wrap cols even">
        <Panel title="Enheter" beside="varje enhet visar personerna och det som saknas">
          <ul class="rows">
            {units.map(({ unit, name }) => (
              <li key={unit}>
                <a href={`/enheter/${unit}`}>{name}</a>
              </li>
            ))}
            {units.length === 0 ? <li>Ingen enhet har pågående omsorg.</li> : null}
          </ul>
        </Panel>
        <Panel title="Är loggen orörd?">
          <div class="body">
            <ProofState evidence={evidence} />
          </div>
        </Panel>
      </div>
    </Document>
  );
}
