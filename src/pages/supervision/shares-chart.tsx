import { scaleLinear } from 'd3-scale';
import type { VNode } from 'preact';
import { SHARES } from '../../answers/reports/shares.js';
import type { FigureName, FigureTotals } from '../../judgement/figures/figure-names.js';

/** How a share of a bar is painted. */
interface Paint {
  readonly class: string;
  readonly fill?: string;
  /** The number stands on a plate, because the paint is a pattern. */
  readonly plate?: true;
  readonly light?: true;
}

const UNPAINTED: Paint = { class: 'f-paper s-edge' };

/** What the law asks is filled, what the routine asks is outlined. */
const PAINTS: Partial<Record<FigureName, Paint>> = {
  withPrimary: { class: 'f-c1', light: true },
  withoutPrimary: { class: 'f-bad-bg s-bad' },
  declined: { class: 's-edge', fill: 'url(#p-no)', plate: true },
  unanswered: { class: 'f-c2' },
  offerDue: { class: 's-due', fill: 'url(#p-due)', plate: true },
  offerBreach: { class: 's-bad', fill: 'url(#p-bad)', plate: true },
};

export interface SharesRow {
  readonly name: string;
  readonly totals: FigureTotals;
}

/** How a row's bar is told in words. */
function told({ name, totals }: SharesRow): string {
  return `${name}: ${SHARES.map(({ figure, words }) => `${totals[figure]} ${words}`).join(', ')}, av ${totals.population}`;
}

const LABELS = 210;
const ROW = 24;
const HEAD = 22;

/** Bars of a hundred per cent, one a unit. Each number stands in the table under it. */
export function SharesChart({ rows, width }: { readonly rows: readonly SharesRow[]; readonly width: number }): VNode {
  const phone = width < 500;
  const [left, row] = phone ? [0, ROW + 16] : [LABELS, ROW];
  const right = width - (phone ? 0 : 46);
  const x = scaleLinear([0, 100], [left, right]);
  const height = HEAD + rows.length * row;
  return (
    <svg
      class="draw"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={`Läget per enhet i procent av omsorgsperioderna. ${rows.slice(0, 1).map(told).join('. ')}. Alla siffror står i tabellen under bilden.`}
    >
      {[0, 25, 50, 75, 100].map((tick) => (
        <g key={tick}>
          <line class="s-line" x1={x(tick)} x2={x(tick)} y1="18" y2={height} />
          <text class="s m" x={x(tick)} y="12" text-anchor={tick === 0 ? 'start' : tick === 100 ? 'end' : 'middle'}>
            {tick}
          </text>
        </g>
      ))}
      {rows.map((one, at) => {
        const top = HEAD + at * row + (phone ? 14 : 2);
        return (
          <g key={one.name}>
            <title>{told(one)}</title>
            <text class={at === 0 ? 's b' : 's'} x="0" y={phone ? top - 3 : top + 12}>
              {shortened(one.name, phone ? 44 : 32)}
            </text>
            <text class={at === 0 ? 's b' : 's'} x={width} y={phone ? top - 3 : top + 12} text-anchor="end">
              {one.totals.population}
            </text>
            <Bars totals={one.totals} top={top} x={x} />
          </g>
        );
      })}
    </svg>
  );
}

function Bars({
  totals,
  top,
  x,
}: {
  readonly totals: FigureTotals;
  readonly top: number;
  readonly x: (share: number) => number;
}): VNode {
  let before = 0;
  return (
    <g>
      {SHARES.map(({ figure }) => {
        const { class: painted, fill, plate, light } = PAINTS[figure] ?? UNPAINTED;
        const count = totals[figure];
        if (count === 0 || totals.population === 0) return null;
        const from = x((before / totals.population) * 100);
        before += count;
        const width = x((before / totals.population) * 100) - from;
        const digits = String(count);
        const room = width > digits.length * 7 + 6;
        const middle = round(from + width / 2);
        return (
          <g key={figure}>
            <rect
              class={painted}
              fill={fill}
              x={round(from + 0.5)}
              y={top}
              width={round(Math.max(1, width - 1))}
              height="16"
            />
            {room && plate ? (
              <rect
                class="f-paper"
                x={round(middle - digits.length * 3.5 - 3)}
                y={top + 2}
                width={digits.length * 7 + 6}
                height="12"
                rx="2"
              />
            ) : null}
            {room ? (
              <text class={`t${light ? ' on' : ''}`} x={middle} y={top + 12} text-anchor="middle">
                {digits}
              </text>
            ) : null}
          </g>
        );
      })}
    </g>
  );
}

export function SharesLegend(): VNode {
  return (
    <ul class="legend-list">
      {SHARES.map(({ figure, words }) => (
        <li key={figure}>
          <svg class="draw" width="20" height="13" aria-hidden="true" focusable="false">
            <rect
              class={(PAINTS[figure] ?? UNPAINTED).class}
              fill={PAINTS[figure]?.fill}
              x="0.5"
              y="0.5"
              width="19"
              height="12"
            />
          </svg>
          {words}
        </li>
      ))}
    </ul>
  );
}

function shortened(name: string, most: number): string {
  return name.length <= most ? name : `${name.slice(0, most - 1).trimEnd()}…`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
