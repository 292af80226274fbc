import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { VNode } from 'preact';
import { dayOf } from '../../kernel/time/day.js';
import { longDay } from '../../kernel/time/swedish-dates.js';

/** A share over time, in per cent; undefined on a day on which there is nobody to take a share of. */
export interface SharePoint {
  readonly on: string;
  readonly share: number | undefined;
}

/** Days on which the law changed, as they are numbered in the drawings. */
export const LAW_CHANGES: readonly (readonly [number: string, day: string, words: string])[] = [
  ['1', '2023-07-01', 'från 1 juli 2023 krävs yrkestiteln undersköterska'],
  ['2', '2025-07-01', 'från 1 juli 2025 gäller socialtjänstlagen (2025:400)'],
];

const WIDTH = 300;
const HEIGHT = 138;
const LEFT = 32;
const RIGHT = 250;
const TOP = 24;
const BOTTOM = 112;

/** One share over time as a line, with its last value written. */
export function SeriesChart({
  title,
  points,
}: {
  readonly title: string;
  readonly points: readonly SharePoint[];
}): VNode {
  const days = points.map(({ on }) => dayOf(on));
  const [first = 0, last = 1] = [days[0], days.at(-1)];
  const x = scaleLinear([first, Math.max(last, first + 1)], [LEFT, RIGHT]);
  const y = scaleLinear([0, 100], [BOTTOM, TOP]);
  const drawn = line<SharePoint>()
    .defined(({ share }) => share !== undefined)
    .x(({ on }) => round(x(dayOf(on))))
    .y(({ share }) => round(y(share ?? 0)));
  const latest = points.findLast(({ share }) => share !== undefined);
  const years = yearsWithin(points);
  return (
    <figure>
      <h3>{title}</h3>
      <svg
        class="draw"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={
          latest === undefined
            ? `${title}: inga värden`
            : `${title}: ${Math.round(latest.share ?? 0)} procent den ${longDay(latest.on)}. Alla värden står i tabellen under bilderna.`
        }
      >
        {[0, 50, 100].map((tick) => (
          <g key={tick}>
            <line class="s-line" x1={LEFT} x2={RIGHT} y1={y(tick)} y2={y(tick)} />
            <text class="s m" x={LEFT - 6} y={y(tick) + 4} text-anchor="end">
              {tick}
            </text>
          </g>
        ))}
        {years.map((year) => (
          <text key={year} class="s m" x={round(x(dayOf(`${year}-01-01`)))} y={BOTTOM + 18} text-anchor="middle">
            {year}
          </text>
        ))}
        {LAW_CHANGES.filter(([, day]) => dayOf(day) >= first && dayOf(day) <= last).map(([number, day]) => (
          <g key={number}>
            <line
              class="s-edge"
              x1={round(x(dayOf(day)))}
              x2={round(x(dayOf(day)))}
              y1="18"
              y2={BOTTOM}
              stroke-dasharray="2 3"
            />
            <circle class="f-paper s-edge" cx={round(x(dayOf(day)))} cy="10" r="7.5" />
            <text class="t" x={round(x(dayOf(day)))} y="14" text-anchor="middle">
              {number}
            </text>
          </g>
        ))}
        <path class="f-none s-c1" d={drawn(points) ?? ''} stroke-width="2" />
        {latest === undefined ? null : (
          <g>
            <circle class="f-c1" cx={round(x(dayOf(latest.on)))} cy={round(y(latest.share ?? 0))} r="3" />
            <text class="s b" x={round(x(dayOf(latest.on))) + 7} y={round(y(latest.share ?? 0)) + 4}>
              {Math.round(latest.share ?? 0)} %
            </text>
          </g>
        )}
      </svg>
    </figure>
  );
}

/** The years of which the first day lies between the points; every second where there are many. */
function yearsWithin(points: readonly SharePoint[]): number[] {
  const [first, last] = [points[0]?.on, points.at(-1)?.on];
  if (first === undefined || last === undefined) return [];
  const years = Array.from(
    { length: Number(last.slice(0, 4)) - Number(first.slice(0, 4)) },
    (_, at) => Number(first.slice(0, 4)) + 1 + at,
  );
  return years.length > 5 ? years.filter((_, at) => at % 2 === 0) : years;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
