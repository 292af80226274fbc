import type { VNode } from 'preact';
import type { InspectionSample, InspectionSampleAnswer } from '../../answers/access/get-inspection-sample.js';
import type { UnitRow } from '../../answers/current-state/unit-row.js';
import { INSPECTION_AUTHORITIES } from '../../facts/codes.js';
import { codeWords } from '../../facts/labels.js';
import type { EvidenceFigures } from '../../kernel/observability/evidence.js';
import { atTime, longDay } from '../../kernel/time/swedish-dates.js';
import { Head } from '../components/head.js';
import { Pairs, Panel } from '../components/panel.js';
import { StatusBadge } from '../components/status.js';
import { Cell, Row, RowHead, Table } from '../components/table.js';
import { Document } from '../html/document.js';
import { ProofState } from '../operation/proof-state.js';
import { lacksOf } from '../units/unit-view.js';
import type { Visitor } from '../visitor.js';
import { NAMELESS, STATE_WORDS } from '../words/state-words.js';
import { daysLeft } from './days-left.js';

type Unit = { readonly unit: string; readonly name: string };

/** One inspection: what it covers and how long, a random sample that anybody can redo, and what vouches for the log. */
export function CasePage({
  answer,
  units,
  rows,
  evidence,
  visitor,
}: {
  readonly answer: InspectionSampleAnswer;
  readonly units: readonly Unit[];
  /** How it stands today, by person. */
  readonly rows: ReadonlyMap<string, readonly UnitRow[]>;
  readonly evidence?: EvidenceFigures;
  readonly visitor: Visitor;
}): VNode {
  const { goesOn, on, sample, inspection } = answer;
  const [first] = units;
  const title = goesOn
    ? `Inspektion: ${units.length === 1 && first ? first.name : goesOn.caseNumber}`
    : 'Inspektionen pågår inte';
  const crumbs =
    visitor.roles.includes('SAS') || !visitor.signedIn ? [{ href: '/inspektion', words: 'Inspektion' }] : [];
  return (
    <Document title={title} place="inspection" visitor={visitor}>
      <Head title={title} crumbs={crumbs}>
        <p class="lede">
          {goesOn ? (
            <>
              Granskningen gäller det som står här och inget annat, till och med den {longDay(goesOn.to)}:{' '}
              <strong>{daysLeft(on, goesOn.to)}</strong>.
            </>
          ) : (
            'Den har avslutats eller löpt ut, eller har inte börjat.'
          )}
        </p>
      </Head>
      <div class="wrap stack">
        {goesOn ? (
          <section class="panel" aria-label="Ärendet">
            <div class="body">
              <Pairs
                of={[
                  [`Ärende hos ${codeWords(INSPECTION_AUTHORITIES, goesOn.authority)}`, goesOn.caseNumber],
                  ['Öppnad', longDay(goesOn.from)],
                  ['Omfattar', coverage(goesOn.recipients?.length, units.length)],
                ]}
              />
            </div>
          </section>
        ) : null}
        <div class="cols even">
          <div class="stack">
            <Sample inspection={inspection} sample={goesOn ? sample : undefined} rows={rows} />
            {goesOn ? <Units units={units} /> : null}
          </div>
          <div class="stack">
            <Panel title="Är loggen orörd?">
              <div class="body">
                <ProofState evidence={evidence} />
              </div>
            </Panel>
            <section class="panel" aria-label="Loggning">
              <p class="body">Det du öppnar antecknas i åtkomstloggen, om en sådan förs.</p>
            </section>
          </div>
        </div>
      </div>
    </Document>
  );
}

function coverage(persons: number | undefined, units: number): string {
  const where = units === 1 ? 'en enhet' : `${units} enheter`;
  if (persons === undefined) return where;
  return `${persons === 1 ? 'en namngiven person' : `${persons} namngivna personer`} i ${where}`;
}

function Units({ units }: { readonly units: readonly Unit[] }): VNode {
  return (
    <Panel title="Enheter" beside="varje enhet visar personerna och det som saknas">
      <ul class="rows">
        {units.map(({ unit, name }) => (
          <li key={unit}>
            <a href={`/enheter/${unit}`}>{name}</a>
          </li>
        ))}
        {units.length === 0 ? <li>Ingen enhet.</li> : null}
      </ul>
    </Panel>
  );
}

function Sample({
  inspection,
  sample,
  rows,
}: {
  readonly inspection: string;
  readonly sample: InspectionSample | undefined;
  readonly rows: ReadonlyMap<string, readonly UnitRow[]>;
}): VNode {
  if (!sample)
    return (
      <Panel title="Slumpat urval">
        <p class="body">
          Urvalet följer av den första kontrollpunkten efter att granskningen öppnades. Någon sådan finns inte än på den
          här servern. Läs om sidan om en stund.
        </p>
      </Panel>
    );
  const { checkpoint, persons, population, careOn, withheld } = sample;
  const drawn = persons.length + withheld;
  return (
    <Panel title={`Slumpat urval: ${drawn} av ${population}`}>
      <div class="body stack">
        <p>
          Urvalet följer av registrets kontrollpunkt över {checkpoint.size} händelser. Det var den första efter att
          granskningen öppnades. Ingen kan välja vem som kommer med, och vem som helst kan räkna om det.
        </p>
        <Pairs
          of={[
            ['Kontrollpunkt', atTime(checkpoint.at)],
            ['Rotvärde', <code>{checkpoint.root}</code>],
            ['Granskning', <code>{inspection}</code>],
            ['Dras bland', `dem som hade omsorg i enheterna den ${longDay(careOn)}`],
          ]}
        />
        <details>
          <summary>Så räknar du om urvalet själv</summary>
          <p>
            Ta SHA-256 av <code>fok:inspection-sample:v1</code>, rotvärdet, granskningens id och personens id, vart och
            ett följt av en nollbyte. Ordna personerna efter resultatet, skrivet hexadecimalt. Urvalet är de första.
          </p>
        </details>
        <form class="fields" method="get" action={`/inspektion/${inspection}`}>
          <div>
            <label for="antal">Antal personer, 1 till 50</label>
            <input
              type="text"
              id="antal"
              name="antal"
              class="day"
              inputMode="numeric"
              maxLength={2}
              value={String(drawn === 0 ? 10 : drawn)}
            />
          </div>
          <button class="small" type="submit">
            Visa
          </button>
        </form>
        <p class="small muted">
          Ett större urval börjar med det mindre.
          {withheld === 0
            ? ''
            : ` ${withheld === 1 ? 'En person' : `${withheld} personer`} i urvalet har skyddade uppgifter som ärendet inte nämner, och visas inte.`}
        </p>
      </div>
      <Table
        label="Urvalet"
        columns={[{ words: 'Nr', number: true }, ...['Namn', 'Läge i dag', 'Saknas i dag'].map((words) => ({ words }))]}
      >
        {persons.map(({ recipient }, at) => {
          const [row, ...more] = rows.get(recipient) ?? [];
          const states = row ? [row, ...more].map(({ state }) => STATE_WORDS[state]) : ['Omsorgen har upphört'];
          const lacks = row ? [row, ...more].flatMap(lacksOf) : [];
          return (
            <Row key={recipient}>
              <Cell label="Nr" number>
                {at + 1}
              </Cell>
              <RowHead>
                <a href={`/personer/${recipient}`}>{row ? (row.recipientName ?? NAMELESS) : 'Öppna personen'}</a>
              </RowHead>
              <Cell label="Läge i dag">{states.join(', ')}</Cell>
              <Cell label="Saknas i dag">
                {lacks.length === 0
                  ? 'Inget'
                  : lacks.map(({ rule, assignment, status, kind, words }) => (
                      <div key={`${rule} ${assignment ?? ''}`}>
                        <StatusBadge status={status} kind={kind} lack={words} />
                      </div>
                    ))}
              </Cell>
            </Row>
          );
        })}
      </Table>
    </Panel>
  );
}
