import { basisOfFigure, definitionOfFigure, type FigureBasis } from '../../judgement/figures/figure-definitions.js';
import {
  type Figure,
  figureNamed,
  type FigureTotals,
  FIGURES,
  type ReportTable,
} from '../../judgement/figures/figure-names.js';
import { answerWithin } from '../../documents/embedded-file.js';
import type { PdfStandard, PrintRequest } from '../../documents/print-pdf.js';
import { atTime, longDay } from '../../kernel/time/swedish-dates.js';
import { markLines } from '../labels.js';
import type { ReportComparison } from './compare.js';
import type { SupervisionReport } from './report.js';
import { SHARES } from './shares.js';

/** What a document of a report is made from. Nothing else goes into it, so that the same makes the same document. */
export interface ReportSource {
  readonly report: SupervisionReport;
  /** The name of the controller. */
  readonly controller: string;
  /** What changed since an earlier knowledge, where that was asked for. */
  readonly changes?: ReportComparison;
}

/** A block of figures of one kind, by what they are about. */
export interface FigureBlock {
  readonly basis: FigureBasis;
  readonly title: string;
  readonly figures: readonly Figure[];
}

const BLOCK_TITLES: Readonly<Record<ReportTable, string>> = {
  OFFERS: 'Erbjudande och svar',
  CONTACTS: 'Kontakt och yrkestitel',
  PLANS: 'Plan och uppföljning',
  ROUTINE: 'Övriga krav i rutinen',
};

const BASES: readonly (readonly [FigureBasis, title: string, about: string])[] = [
  [
    'LAW',
    'Det lagen kräver',
    'Antal omsorgsperioder. Skyldigheten att erbjuda en fast omsorgskontakt, och kravet på yrkestitel, följer av lag.',
  ],
  [
    'ROUTINE',
    'Det kommunen själv har bestämt',
    'Antal omsorgsperioder. Måtten följer av kommunens rutin och lokala riktlinjer. De räknas aldrig ihop med det som lagen kräver.',
  ],
];

/** What a figure rests on, as people read it. */
export const BASIS_WORDS: Readonly<Record<FigureBasis, string>> = { LAW: 'lag', ROUTINE: 'kommunens rutin' };

/** Every figure once, law before routine, each under the first table that it stands in. */
export const FIGURE_BLOCKS: readonly FigureBlock[] = BASES.flatMap(([basis]) =>
  (Object.keys(BLOCK_TITLES) as ReportTable[]).map((table) => ({
    basis,
    title: BLOCK_TITLES[table],
    figures: FIGURES.filter(({ name, tables }) => tables[0] === table && basisOfFigure(name) === basis),
  })),
).filter(({ figures }) => figures.length > 0);

/** So many figures stand side by side. */
const ABREAST = 8;
/** So many units are drawn; all of them stand in the tables. */
const DRAWN = 30;
/** So many characters of a name stand beside a bar. */
const LINE = 30;

/** The report as a document for people, with the answer inside it where it is for the archive. */
export function reportDocument({ report, controller, changes }: ReportSource, standard: PdfStandard): PrintRequest {
  const { header, rows } = report;
  const name = `tillsynsrapport-${header.on}.json`;
  return {
    template: 'report',
    head: {
      title: 'Tillsynsrapport',
      subtitle: `Fast omsorgskontakt den ${longDay(header.on)}${header.unit === undefined ? '' : `, ${rows[0]?.unitName ?? 'en enhet'}`}`,
      controller,
      on: header.on,
      knownAt: header.knownAt,
      position: header.position,
      checkpoint: header.leaf,
      generatedAt: header.generatedAt,
    },
    content: {
      remarks: markLines({ ...header, warning: report.warning }),
      shares: sharesOf(report.total),
      bars: barsOf(report),
      blocks: BASES.map(([basis, title, about]) => ({
        title,
        about,
        tables: FIGURE_BLOCKS.filter((block) => block.basis === basis).flatMap((block) => tablesOf(block, report)),
      })),
      changes: changes === undefined ? null : changesOf(changes),
      definitions: FIGURE_BLOCKS.map(({ basis, title, figures }) => ({
        title: `${title} (${BASIS_WORDS[basis]})`,
        rows: figures.map((figure) => [figure.label, figure.short, definitionOfFigure(figure.name)]),
      })),
      facts: factsOf(report, controller),
      embedded:
        standard === 'a-3a' ? `Uppgifterna som rapporten är gjord av finns i filen ${name} i detta dokument.` : '',
    },
    standard,
    createdAt: header.generatedAt,
    ...answerWithin(standard, name, report),
  };
}

/** How a report was made, in pairs. */
export function factsOf({ header, rows }: SupervisionReport, controller: string): (readonly [string, string])[] {
  return [
    ['Personuppgiftsansvarig', controller],
    ['Avser dagen', longDay(header.on)],
    ['Enligt vad som var känt', atTime(header.knownAt)],
    ['Omfattar', rows.length === 1 ? '1 enhet' : `${rows.length} enheter`],
    ['Bygger på', `${header.facts} händelser, till och med händelse ${header.position} i loggen`],
    ['Registret i bruk sedan', header.registerSince === null ? '–' : atTime(header.registerSince)],
    [
      'Lokala riktlinjer',
      header.policyVersion === null ? 'registrets standardvärden' : `version ${header.policyVersion}`,
    ],
    ['Regelversioner', header.ruleVersions.map(({ rule, version }) => `${rule} ${version}`).join(', ')],
    ['Registrets id', header.register],
    ['Sista händelsens löv i det förseglade trädet', header.leaf ?? '–'],
    ['Framställd', atTime(header.generatedAt)],
  ];
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((part / whole) * 100)} %`;
}

/** Shares with their denominators named; the report itself leaves them to whoever shows it. */
function sharesOf(total: FigureTotals) {
  const titled = total.titleCertificate + total.titleTransition + total.titleBreach;
  const followed = total.followUpMet + total.followUpBreach;
  return [
    {
      value: percent(total.offered, total.population),
      words: `har erbjudits en fast omsorgskontakt: ${total.offered} av ${total.population}. ${total.offerBreach} har inte erbjudits i tid.`,
    },
    {
      value: percent(total.withPrimary, total.accepted),
      words: `av dem som har tackat ja har en kontakt: ${total.withPrimary} av ${total.accepted}. ${total.withoutPrimary} saknar.`,
    },
    {
      value: String(total.titleBreach),
      words: `har en kontakt utan bevis och utan övergångsregel, av ${titled}. ${total.titleTransition} har en kontakt på övergångsregeln.`,
    },
    {
      value: percent(total.followUpMet, followed),
      words: `av planerna är uppföljda i tid: ${total.followUpMet} av ${followed}. ${total.followUpBreach} är försenade.`,
    },
  ];
}

function barsOf({ rows, total }: SupervisionReport) {
  const worst = (row: FigureTotals): number => (row.offerBreach + row.withoutPrimary) / Math.max(1, row.population);
  const counted = rows.filter(({ population }) => population > 0).sort((a, b) => worst(b) - worst(a));
  const drawn = [
    { name: 'Alla enheter', totals: total },
    ...counted.slice(0, DRAWN).map((row) => ({ name: shortened(row.unitName), totals: row })),
  ];
  const all = SHARES.map(({ figure, words }) => `${total[figure]} ${words}`).join(', ');
  return {
    title: 'Läget per enhet',
    about:
      counted.length > DRAWN
        ? `Procent av omsorgsperioderna, de ${DRAWN} enheter som har störst andel utan erbjudande eller kontakt. Alla enheter står i tabellerna.`
        : 'Procent av omsorgsperioderna, enheterna med störst andel utan erbjudande eller kontakt först. Siffrorna står i tabellerna.',
    alt: `Stapeldiagram över läget per enhet i procent av omsorgsperioderna. Alla enheter: ${all}, av ${total.population}. Varje enhets siffror står i tabellerna efter diagrammet.`,
    legend: SHARES.map(({ words }) => words),
    rows:
      total.population === 0
        ? []
        : drawn.map(({ name, totals }) => ({
            name,
            total: totals.population,
            parts: SHARES.map(({ figure }) => totals[figure]),
          })),
  };
}

/** A name on one line of a drawing; it stands whole in the tables. */
function shortened(name: string): string {
  return name.length <= LINE ? name : `${name.slice(0, LINE - 1).trimEnd()}…`;
}

function tablesOf({ title, figures }: FigureBlock, { rows, total }: SupervisionReport) {
  const parts = Math.ceil(figures.length / ABREAST);
  const each = Math.ceil(figures.length / parts);
  return Array.from({ length: parts }, (_, part) => {
    const shown = figures.slice(part * each, (part + 1) * each);
    const cells = (counted: FigureTotals): number[] => shown.map(({ name }) => counted[name]);
    return {
      title: parts === 1 ? title : `${title}, del ${part + 1} av ${parts}`,
      columns: [
        { title: 'Enhet', width: 46, end: false },
        ...shown.map(({ short }) => ({ title: short, width: 124 / Math.max(6, shown.length), end: true })),
      ],
      rows: rows.map((row) => [row.unitName, ...cells(row)]),
      totals: [['Totalt', ...cells(total)]],
    };
  });
}

/** What changed, as a table of figures. */
export function changesOf({ knownFrom, knownTo, figures, moved }: ReportComparison) {
  return {
    title: 'Vad som har ändrats sedan dess',
    about: [
      `Samma dag enligt vad som var känt ${atTime(knownFrom)}, mot vad som var känt ${atTime(knownTo)}.`,
      figures.length === 0
        ? 'Inget mått räknar andra omsorgsperioder än förut.'
        : 'Här står varje mått som räknar andra omsorgsperioder än förut, också där antalet är detsamma.',
      ...(moved.length === 0
        ? []
        : [
            moved.length === 1
              ? 'En omsorgsperiod räknas i en annan enhet än förut.'
              : `${moved.length} omsorgsperioder räknas i en annan enhet än förut.`,
          ]),
    ].join(' '),
    columns: [
      { title: 'Mått', width: 70, end: false },
      { title: 'Grund', width: 28, end: false },
      ...['Då', 'Nu', 'Tillkommit', 'Utgått'].map((title) => ({ title, width: 18, end: true })),
    ],
    rows: figures.map(({ figure, from, to, entered, left }) => [
      figureNamed(figure)?.label ?? figure,
      BASIS_WORDS[basisOfFigure(figure)],
      from,
      to,
      entered.length,
      left.length,
    ]),
  };
}
