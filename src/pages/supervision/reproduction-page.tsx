import type { VNode } from 'preact';
import { comparedText } from '../../answers/reports/comparison-text.js';
import type { Reproduction } from '../../answers/reports/reproduce.js';
import { Head } from '../components/head.js';
import { Pairs, Panel } from '../components/panel.js';
import { StatusIcon } from '../components/status.js';
import { Csrf, Document } from '../html/document.js';
import type { Visitor } from '../visitor.js';
import { atTime, longDay } from '../../kernel/time/swedish-dates.js';

/** So many differences are listed; of more their number is told. */
const MOST_DIFFERENCES = 100;

/** Asks for a saved report, and says what came of making it again. */
export function ReproductionPage({
  made,
  wrong,
  visitor,
}: {
  readonly made?: Reproduction;
  /** Why what was sent could not be made again. */
  readonly wrong?: string;
  readonly visitor: Visitor;
}): VNode {
  const title = 'Gör om en sparad rapport';
  return (
    <Document title={wrong === undefined ? title : `Fel: ${title}`} place="supervision" visitor={visitor}>
      <Head title={title} crumbs={[{ href: '/tillsyn', words: 'Tillsynsrapport' }]}>
        <p class="lede">
          Registret gör om rapporten ur loggen, som den var när rapporten sparades, och säger om den blir densamma.
          Inget registreras.
        </p>
      </Head>
      <div class="wrap stack">
        {wrong === undefined ? null : (
          <div class="summary" role="alert" tabIndex={-1} data-summary>
            <h2>Rapporten kunde inte göras om</h2>
            <ul>
              <li>
                <a href="#report">{wrong}</a>
              </li>
            </ul>
          </div>
        )}
        {made === undefined ? null : <Made made={made} />}
        <Panel title={made === undefined ? 'Välj rapporten' : 'Gör om en annan rapport'}>
          <form class="body stack" method="post" action="/tillsyn/gor-om" encType="multipart/form-data">
            <Csrf visitor={visitor} />
            <div>
              <label for="report">Rapporten</label>
              <p class="small muted" id="report-hjalp">
                Filen som den hämtades från registret (JSON), högst 1 MB: knappen <em>Spara rapporten</em> i
                tillsynsrapporten, eller <code>fok report --format json</code>.
              </p>
              <input
                type="file"
                id="report"
                name="report"
                accept="application/json,.json"
                required
                aria-describedby="report-hjalp"
              />
            </div>
            <div class="buttons">
              <button type="submit">Gör om rapporten</button>
            </div>
          </form>
        </Panel>
      </div>
    </Document>
  );
}

function Made({ made }: { readonly made: Reproduction }): VNode {
  const { identical, causes, differences, earlierRules, report } = made;
  const { header } = report;
  return (
    <Panel title={`Rapporten för ${longDay(header.on)}`} id="svar">
      <div class="body stack">
        <p>
          <span class={`status word ${identical ? 'ok' : 'bad'}`}>
            <StatusIcon status={identical ? 'MET' : 'BREACH'} kind="STATUTORY" />
            <span>{identical ? 'Den blir densamma' : 'Den blir inte densamma'}</span>
          </span>
        </p>
        {comparedText(made).map((text) => (
          <p key={text}>{text}</p>
        ))}
        {causes.length === 0 ? null : (
          <div>
            <h3>Varför</h3>
            <ul>
              {causes.map(({ text }) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </div>
        )}
        <Pairs
          of={[
            ['Vi visste', atTime(header.knownAt)],
            ['Händelser', String(header.facts)],
            ['Registret', <code>{header.register}</code>],
            ['Sista händelsens avtryck', <code>{header.leaf ?? '–'}</code>],
            ['Lokala riktlinjer', header.policyVersion ?? 'standardvärden'],
            ['Regler', earlierRules ? 'de versioner som rapporten anger' : 'de som gäller i dag för den dagen'],
          ]}
        />
        {differences.length === 0 ? null : <Differences made={made} />}
      </div>
    </Panel>
  );
}

function Differences({ made: { differences } }: { readonly made: Reproduction }): VNode {
  const shown = differences.slice(0, MOST_DIFFERENCES);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Det som skiljer">
      <table>
        <caption class="hidden">Det som skiljer</caption>
        <thead>
          <tr>
            <th scope="col">Uppgift</th>
            <th scope="col">Sparad</th>
            <th scope="col">Gjord om</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ path, from, to }) => (
            <tr key={path}>
              <th scope="row">
                <code>{path}</code>
              </th>
              <td>{told(from)}</td>
              <td>{told(to)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {differences.length === shown.length ? null : <p>Och {differences.length - shown.length} till.</p>}
    </div>
  );
}

function told(value: unknown): string {
  if (value === null) return 'saknas';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}
