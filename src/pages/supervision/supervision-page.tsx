import type { VNode } from 'preact';
import type { ReportComparison } from '../../answers/reports/compare.js';
import type { PublicCells } from '../../answers/reports/public-cells.js';
import { KEPT_BACK } from '../../answers/reports/report-csv.js';
import type { SeriesAnswer } from '../../answers/reports/get-series.js';
import type { SupervisionReport } from '../../answers/reports/report.js';
import { type FigureName, FIGURES, type FigureTotals, figureNamed } from '../../judgement/figures/figure-names.js';
import { typeLabel } from '../../facts/labels.js';
import { address } from '../asked.js';
import { Head, Remarks, type Times } from '../components/head.js';
import { Panel } from '../components/panel.js';
import { Patterns } from '../components/patterns.js';
import { Document } from '../html/document.js';
import type { Visitor } from '../visitor.js';
import { atTime, civil, longDay } from '../../kernel/time/swedish-dates.js';
import { LAW_CHANGES, SeriesChart, type SharePoint } from './series-chart.js';
import { SharesChart, SharesLegend } from './shares-chart.js';

export interface SupervisionPageProps {
  readonly controller: { readonly id: string; readonly name: string };
  readonly controllers: readonly { readonly id: string; readonly name: string }[];
  readonly unit?: string;
  /** All units that a report may be about. */
  readonly units: readonly { readonly unit: string; readonly name: string }[];
  readonly times: Times;
  readonly report: SupervisionReport;
  readonly series: SeriesAnswer;
  /** What differs from what was known at the end of a day before, and of which figure the causes are told. */
  readonly comparison?: {
    readonly answer: ReportComparison;
    readonly before: string;
    readonly causesOf?: FigureName;
  };
  /** The smallest number that is shown outside the controller; absent where everything is shown. */
  readonly smallest?: number;
  /** Which numbers are shown outside the controller; absent where everything is shown. */
  readonly cells?: PublicCells;
  readonly visitor: Visitor;
}

/** The supervisory report: shares first, then units, then time, then what changed since it was told before. */
export function SupervisionPage(props: SupervisionPageProps): VNode {
  const { report, times, controller, smallest, cells, visitor, comparison } = props;
  const { header, total, rows } = report;
  const scope = scopeOf(props);
  const within =
    (cells?.shows('population') ?? true)
      ? `${total.population} omsorgsperioder som omfattas av skyldigheten den ${longDay(times.on)}, i ${rows.length === 1 ? 'en enhet' : `${rows.length} enheter`}.`
      : 'antalet omsorgsperioder visas inte.';
  return (
    <Document title="Tillsynsrapport" place="supervision" visitor={visitor}>
      <Head
        title="Tillsynsrapport"
        times={times}
        beside={[
          ...(smallest === undefined
            ? [
                <a key="saved" href={fileAddress('sparad-rapport', props)} download>
                  Spara rapporten
                </a>,
                <a key="again" href="/tillsyn/gor-om">
                  Gör om en sparad rapport
                </a>,
              ]
            : []),
          <a key="csv" href={fileAddress('kalkylblad', props)} download>
            {smallest === undefined ? 'Hämta som CSV' : 'Hämta som CSV att lämna ut'}
          </a>,
          ...(smallest === undefined ? DOCUMENT_LINKS.map((link) => documentLink(link, props)) : []),
          <a
            key="public"
            href={address('/tillsyn', { ...scope, offentlig: smallest === undefined ? 'ja' : undefined })}
          >
            {smallest === undefined ? 'Visa så att den kan lämnas ut' : 'Visa alla siffror'}
          </a>,
          <button key="print" class="small plain no-print" type="button" data-print hidden>
            Skriv ut
          </button>,
        ]}
      >
        <p class="lede">
          {controller.name}: {within} En person räknas en gång per utförare och verksamhet.
        </p>
      </Head>
      <Remarks {...header} warning={report.warning} />
      <Patterns />
      <div class="wrap stack">
        <ScopeForm {...props} />
        <Shares total={total} scope={scope} cells={cells} />
        {total.population > 0 && smallest === undefined ? <UnitShares report={report} /> : null}
        <Tables report={report} scope={scope} smallest={smallest} cells={cells} />
        {smallest === undefined ? <OverTime {...props} /> : null}
        {comparison === undefined || smallest !== undefined ? null : (
          <Compared
            comparison={comparison.answer}
            scope={scope}
            before={comparison.before}
            causesOf={comparison.causesOf}
          />
        )}
        {smallest === undefined ? <CompareForm scope={scope} /> : null}
        <p class="small muted">
          Bygger på {header.facts} händelser, till och med plats {header.position} i loggen. Lokala riktlinjer:{' '}
          {header.policyVersion ?? 'standardvärden'}. Framställd {atTime(header.generatedAt)}.
        </p>
      </div>
    </Document>
  );
}

type Scope = Readonly<Record<'controller' | 'unit' | 'dag' | 'kant', string | undefined>>;

function scopeOf({ controller, unit, times }: SupervisionPageProps): Scope {
  return { controller: controller.id, unit, dag: times.on, kant: times.knownAt };
}

function fileAddress(file: string, props: SupervisionPageProps): string {
  return address(`/tillsyn/${file}`, {
    ...scopeOf(props),
    offentlig: props.smallest === undefined ? undefined : 'ja',
  });
}

const DOCUMENT_LINKS = [
  ['pdf', 'Hämta som PDF'],
  ['arkiv', 'Hämta för arkivet (PDF/A)'],
  ['xlsx', 'Hämta som kalkylblad'],
] as const;

function documentLink([as, words]: (typeof DOCUMENT_LINKS)[number], props: SupervisionPageProps): VNode {
  const asked = { ...scopeOf(props), jamfor: props.comparison?.before, som: as };
  return (
    <a key={as} href={address('/tillsyn/dokument', asked)} download>
      {words}
    </a>
  );
}

function ScopeForm({ controller, controllers, unit, units, times, smallest }: SupervisionPageProps): VNode {
  return (
    <form class="panel fields" method="get" action="/tillsyn">
      {controllers.length < 2 ? (
        <input type="hidden" name="controller" value={controller.id} />
      ) : (
        <div>
          <label for="controller">Personuppgiftsansvarig</label>
          <select id="controller" name="controller">
            {controllers.map(({ id, name }) => (
              <option key={id} value={id} selected={id === controller.id}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      <div>
        <label for="dag">Dag</label>
        <input class="day" type="text" id="dag" name="dag" value={times.on} maxLength={10} />
      </div>
      <div>
        <label for="kant">Enligt det vi visste (UTC), tomt för nu</label>
        <input type="text" id="kant" name="kant" value={times.knownAt} maxLength={40} />
      </div>
      <div>
        <label for="unit">Enhet</label>
        <select id="unit" name="unit">
          <option value="">Alla enheter</option>
          {units.map((one) => (
            <option key={one.unit} value={one.unit} selected={one.unit === unit}>
              {one.name}
            </option>
          ))}
        </select>
      </div>
      {smallest === undefined ? null : <input type="hidden" name="offentlig" value="ja" />}
      <button type="submit">Visa</button>
    </form>
  );
}

function figureHref(figure: FigureName, scope: Scope, unit?: string): string {
  return address(`/tillsyn/${figure}`, { ...scope, unit: unit ?? scope.unit });
}

/** A number that leads to the persons behind it; outside the controller neither persons nor small numbers are shown. */
function Count({
  figure,
  count,
  scope,
  unit,
  cells,
  of,
}: {
  readonly figure: FigureName;
  readonly count: number;
  readonly scope: Scope;
  readonly unit?: string;
  readonly cells: PublicCells | undefined;
  /** What the number is of, for who cannot see where it stands. */
  readonly of: string;
}): VNode {
  if (cells !== undefined) return cells.shows(figure, unit) ? <span>{count}</span> : <KeptBack />;
  if (count === 0) return <span>0</span>;
  return (
    <a href={figureHref(figure, scope, unit)}>
      {count}
      <span class="hidden"> {of}</span>
    </a>
  );
}

/** A number that is kept back. */
function KeptBack(): VNode {
  return (
    <span>
      <span aria-hidden="true">{KEPT_BACK}</span>
      <span class="hidden">visas inte</span>
    </span>
  );
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((part / whole) * 100)} %`;
}

function Shares({
  total,
  scope,
  cells,
}: {
  readonly total: FigureTotals;
  readonly scope: Scope;
  readonly cells: PublicCells | undefined;
}): VNode {
  const shows = (...figures: readonly FigureName[]): boolean => figures.every((one) => cells?.shows(one) ?? true);
  const count = (figure: FigureName) => (
    <Count
      figure={figure}
      count={total[figure]}
      scope={scope}
      cells={cells}
      of={figureNamed(figure)?.label.toLowerCase() ?? figure}
    />
  );
  const sum = (...figures: readonly FigureName[]) =>
    shows(...figures) ? figures.reduce((all, one) => all + total[one], 0) : <KeptBack />;
  // A share of a number that is shown gives away the number that it is the share of.
  const share = (part: FigureName, ...whole: readonly FigureName[]) =>
    shows(part, ...whole) ? (
      percent(
        total[part],
        whole.reduce((all, one) => all + total[one], 0),
      )
    ) : (
      <KeptBack />
    );
  return (
    <section class="panel" aria-label="Det viktigaste">
      <div class="figures">
        <div>
          <span class="big">{share('offered', 'population')}</span>
          har erbjudits fast omsorgskontakt: {count('offered')} av {count('population')}. {count('offerBreach')} har
          inte erbjudits i tid.
        </div>
        <div>
          <span class="big">{share('withPrimary', 'accepted')}</span>
          av dem som tackat ja har en kontakt: {count('withPrimary')} av {count('accepted')}. {count('withoutPrimary')}{' '}
          saknar.
        </div>
        <div>
          <span class="big">{sum('titleBreach')}</span>
          har en kontakt utan bevis och utan övergångsregel ({count('titleBreach')}), av{' '}
          {sum('titleCertificate', 'titleTransition', 'titleBreach')}. {count('titleTransition')} har en kontakt på
          övergångsregeln.
        </div>
        <div>
          <span class="big">{share('followUpMet', 'followUpMet', 'followUpBreach')}</span>
          av planerna är uppföljda i tid: {count('followUpMet')} av {sum('followUpMet', 'followUpBreach')}.{' '}
          {count('followUpBreach')} är försenade.
        </div>
      </div>
    </section>
  );
}

function UnitShares({ report: { rows, total } }: { readonly report: SupervisionReport }): VNode {
  const worst = (row: FigureTotals): number => (row.offerBreach + row.withoutPrimary) / Math.max(1, row.population);
  const bars = [
    { name: 'Alla enheter', totals: total },
    ...[...rows].sort((a, b) => worst(b) - worst(a)).map((row) => ({ name: row.unitName, totals: row })),
  ];
  return (
    <Panel
      title="Läget per enhet"
      beside="störst andel utan erbjudande eller kontakt först, procent av omsorgsperioderna"
    >
      <div class="body">
        <SharesLegend />
        <div class="only-wide">
          <SharesChart rows={bars} width={1140} />
        </div>
        <div class="only-phone">
          <SharesChart rows={bars} width={254} />
        </div>
      </div>
    </Panel>
  );
}

const TABLES = [
  ['OFFERS', 'Erbjudande'],
  ['CONTACTS', 'Kontakt och bevis'],
  ['PLANS', 'Plan och uppföljning'],
  ['ROUTINE', 'Kommunens rutin'],
] as const;

function Tables({
  report: { rows, total },
  scope,
  smallest,
  cells,
}: {
  readonly report: SupervisionReport;
  readonly scope: Scope;
  readonly smallest: number | undefined;
  readonly cells: PublicCells | undefined;
}): VNode {
  return (
    <Panel
      title="Siffrorna"
      beside={
        smallest === undefined ? 'varje siffra leder till personerna bakom den' : `tal under ${smallest} visas inte`
      }
    >
      <div class="body stack">
        {smallest === undefined ? null : (
          <p class="small muted">
            Två punkter ({KEPT_BACK}) står där talet är mindre än {smallest}, och där ett sådant tal annars skulle gå
            att räkna ut av de andra.
          </p>
        )}
        {TABLES.map(([name, title]) => {
          const figures = FIGURES.filter(({ tables }) => tables.includes(name));
          return (
            <details key={name} open={name === 'OFFERS'}>
              <summary>{title}, antal omsorgsperioder per enhet</summary>
              <div class="scroll" tabIndex={0} role="region" aria-label={title}>
                <table>
                  <caption class="hidden">{title}, antal omsorgsperioder</caption>
                  <thead>
                    <tr>
                      <th scope="col">Enhet</th>
                      {figures.map(({ name: figure, label }) => (
                        <th key={figure} scope="col" class="number">
                          {label}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {[
                      ...rows.map((row) => ({ ...row, of: row.unitName, id: row.unit })),
                      { ...total, of: 'Alla enheter', id: undefined },
                    ].map((row) => (
                      <tr key={row.id ?? 'all'}>
                        <th scope="row">{row.of}</th>
                        {figures.map(({ name: figure, label }) => (
                          <td key={figure} class="number">
                            <Count
                              figure={figure}
                              count={row[figure]}
                              scope={scope}
                              unit={row.id}
                              cells={cells}
                              of={`${label.toLowerCase()}, ${row.of}`}
                            />
                          </td>
                        ))}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </details>
          );
        })}
      </div>
    </Panel>
  );
}

const SERIES: readonly (readonly [
  title: string,
  part: (totals: FigureTotals) => number,
  whole: (totals: FigureTotals) => number,
])[] = [
  ['Har erbjudits, av alla', ({ offered }) => offered, ({ population }) => population],
  ['Har kontakt, av dem som tackat ja', ({ withPrimary }) => withPrimary, ({ accepted }) => accepted],
  [
    'Bevis eller övergångsregel, av dem med kontakt',
    (totals) => totals.titleCertificate + totals.titleTransition,
    (totals) => totals.titleCertificate + totals.titleTransition + totals.titleBreach,
  ],
];

function OverTime({ series }: SupervisionPageProps): VNode {
  const { points } = series;
  const first = points[0]?.on;
  const shares = SERIES.map(([title, part, whole]) => ({
    title,
    points: points.map(({ on, total }): SharePoint => ({
      on,
      share: whole(total) === 0 ? undefined : (part(total) / whole(total)) * 100,
    })),
  }));
  return (
    <Panel
      title={first === undefined ? 'Utvecklingen' : `Utvecklingen sedan ${longDay(first)}`}
      beside="procent, en dag i månaden"
    >
      <div class="body stack">
        <div class="multiples">
          {shares.map((one) => (
            <SeriesChart key={one.title} {...one} />
          ))}
        </div>
        <p class="small muted">{LAW_CHANGES.map(([number, , words]) => `${number}: ${words}`).join('. ')}.</p>
        <details>
          <summary>Samma siffror som tabell</summary>
          <div class="scroll" tabIndex={0} role="region" aria-label="Utvecklingen">
            <table>
              <caption class="hidden">Utvecklingen, procent</caption>
              <thead>
                <tr>
                  <th scope="col">Dag</th>
                  {shares.map(({ title }) => (
                    <th key={title} scope="col" class="number">
                      {title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {points.map(({ on }, at) => (
                  <tr key={on}>
                    <th scope="row">{on}</th>
                    {shares.map((one) => {
                      const share = one.points[at]?.share;
                      return (
                        <td key={one.title} class="number">
                          {share === undefined ? '–' : Math.round(share)}
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      </div>
    </Panel>
  );
}

function CompareForm({ scope }: { readonly scope: Scope }): VNode {
  return (
    <Panel title="Jämför med vad vi visste vid en annan tidpunkt">
      <form class="fields" method="get" action="/tillsyn">
        {Object.entries(scope).map(([name, value]) =>
          value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
        )}
        <div>
          <label for="jamfor">Dag då vi visste mindre, år-månad-dag</label>
          <input class="day" type="text" id="jamfor" name="jamfor" maxLength={10} />
        </div>
        <button type="submit">Jämför</button>
      </form>
    </Panel>
  );
}

function Compared({
  comparison,
  scope,
  before,
  causesOf,
}: {
  readonly comparison: ReportComparison;
  readonly scope: Scope;
  readonly before: string;
  readonly causesOf: string | undefined;
}): VNode {
  const { figures, knownFrom, knownTo, on, episodes } = comparison;
  const causes = new Map(episodes.map(({ episode, entries }) => [episode, entries]));
  return (
    <Panel title={`Varför siffrorna för ${longDay(on)} har ändrats`} id="jamforelse">
      <div class="scroll" tabIndex={0} role="region" aria-label="Jämförelsen">
        <table>
          <caption class="hidden">Det som skiljer mellan två tidpunkter</caption>
          <thead>
            <tr>
              <th scope="col">Tal</th>
              <th scope="col" class="number">
                Vi visste {longDay(civil(knownFrom).day)}
              </th>
              <th scope="col" class="number">
                Vi visste {longDay(civil(knownTo).day)}
              </th>
              <th scope="col" class="number">
                Skillnad
              </th>
              <th scope="col">Det som gjorde det</th>
            </tr>
          </thead>
          <tbody>
            {figures.length === 0 ? (
              <tr>
                <td colSpan={5}>Inget skiljer.</td>
              </tr>
            ) : null}
            {figures.map(({ figure, from, to, entered, left }) => (
              <tr key={figure}>
                <th scope="row">{figureNamed(figure)?.label ?? figure}</th>
                <td class="number">{from}</td>
                <td class="number">
                  <a href={figureHref(figure, scope)}>
                    {to}
                    <span class="hidden"> personer</span>
                  </a>
                </td>
                <td class="number">
                  <strong>{to === from ? '±0' : to > from ? `+${to - from}` : `−${from - to}`}</strong>
                </td>
                <td>
                  {figure === causesOf ? (
                    causeWords([...entered, ...left].flatMap((episode) => causes.get(episode) ?? []))
                  ) : !canTellCauses({ entered, left }) ? (
                    'fler än 50 omsorgsperioder'
                  ) : (
                    <a href={`${address('/tillsyn', { ...scope, jamfor: before, orsak: figure })}#jamforelse`}>
                      Visa händelserna<span class="hidden"> bakom {figureNamed(figure)?.label.toLowerCase()}</span>
                    </a>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** Looking for what is behind a change judges each episode many times: of more than these a page would take too long. */
const MOST_WITH_CAUSES = 50;

/** Whether a page can say which entries are behind a change. */
export function canTellCauses({
  entered,
  left,
}: Pick<ReportComparison['figures'][number], 'entered' | 'left'>): boolean {
  return entered.length + left.length <= MOST_WITH_CAUSES;
}

function causeWords(entries: readonly { readonly type: string; readonly eventId: string }[]): string {
  const kinds = new Map<string, Set<string>>();
  for (const { type, eventId } of entries) kinds.set(type, (kinds.get(type) ?? new Set()).add(eventId));
  const words = [...kinds].map(([type, ids]) => `${ids.size} × ${typeLabel(type)}`);
  return words.length === 0 ? 'en regel bedöms på ett annat sätt' : words.join('; ');
}
