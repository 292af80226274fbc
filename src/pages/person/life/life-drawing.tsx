import { scaleLinear } from 'd3-scale';
import type { VNode } from 'preact';
import { dayOf, formatDay } from '../../../kernel/time/day.js';
import type { Bar, Lane, Life, RuleLane, RuleRun } from './lanes.js';
import { MARK_WIDTH, placeMarks, type PlacedMark } from './marks.js';

/** How large a drawing is, and where its labels stand. */
export interface DrawingSize {
  readonly width: number;
  /** The column of labels at the left; 0 where each label stands above its lane. */
  readonly labels: number;
}

export const WIDE: DrawingSize = { width: 694, labels: 150 };
export const NARROW: DrawingSize = { width: 326, labels: 0 };

const TOP = 26;
const LANE = 46;
const RULE = 20;
const TODAY_ROOM = 46;

/** The picture of a life. It has the same in words: a title on each part, and the table beside it. */
export function LifeDrawing({
  life,
  size,
  label,
  today,
}: {
  readonly life: Life;
  readonly size: DrawingSize;
  readonly label: string;
  /** What the right edge is called. */
  readonly today: string;
}): VNode {
  const { width, labels } = size;
  const right = width - TODAY_ROOM;
  const scale = scaleLinear([life.from, life.to], [labels, right]);
  const x = (day: number): number => round(scale(Math.max(life.from, Math.min(day, life.to))));
  const above = labels === 0 ? 16 : 0;
  const rows: VNode[] = [];
  let y = TOP;
  for (const lane of life.lanes) {
    y += above;
    rows.push(<LaneRow key={`${lane.name}${y}`} lane={lane} y={y} x={x} right={width} size={size} />);
    y += LANE;
  }
  const blocks = [
    { name: 'Lagen', lanes: life.law },
    { name: 'Kommunens rutin', lanes: life.local },
  ].filter(({ lanes }) => lanes.length > 0);
  for (const { name, lanes } of blocks) {
    rows.push(<line key={`l${y}`} class="s-line" x1="0" x2={width} y1={y + 2} y2={y + 2} />);
    rows.push(
      <text key={name} class="b" x="0" y={y + 18}>
        {name}
      </text>,
    );
    y += 24;
    for (const lane of lanes) {
      y += above;
      rows.push(<RuleRow key={`${name} ${lane.rule}`} lane={lane} y={y} x={x} size={size} />);
      y += RULE;
    }
    y += 6;
  }
  return (
    <svg class="draw" viewBox={`0 0 ${width} ${y + 4}`} width={width} height={y + 4} role="img" aria-label={label}>
      <Years life={life} x={x} bottom={y} narrow={labels === 0} />
      {rows}
      <line class="s-ink" x1={x(life.to)} x2={x(life.to)} y1="6" y2={y} stroke-width="1.5" />
      <text class="b s" x={x(life.to) + 4} y="16">
        {today}
      </text>
    </svg>
  );
}

function Years({
  life,
  x,
  bottom,
  narrow,
}: {
  readonly life: Life;
  readonly x: (day: number) => number;
  readonly bottom: number;
  readonly narrow: boolean;
}): VNode {
  const [first, last] = [Number(formatDay(life.from).slice(0, 4)), Number(formatDay(life.to).slice(0, 4))];
  const years = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  // A label that would run into the one before it is left out; its line stands.
  let free = -Infinity;
  return (
    <g>
      {years.map((year) => {
        const start = dayOf(`${year}-01-01`);
        const at = x(Math.max(start, life.from));
        const room =
          at >= free && at + 30 < x(life.to) && (!narrow || year !== first || x(dayOf(`${year + 1}-01-01`)) > at + 30);
        if (room) free = at + 34;
        return (
          <g key={year}>
            {start > life.from ? <line class="s-line" x1={at} x2={at} y1="22" y2={bottom} /> : null}
            {room ? (
              <text class="m s" x={at} y="16">
                {year}
              </text>
            ) : null}
          </g>
        );
      })}
    </g>
  );
}

function LaneRow({
  lane: { name, bars, marks },
  y,
  x,
  right,
  size,
}: {
  readonly lane: Lane;
  readonly y: number;
  readonly x: (day: number) => number;
  readonly right: number;
  readonly size: DrawingSize;
}): VNode {
  const barY = y + 26;
  const placed = placeMarks(marks, x, right);
  return (
    <g>
      <text class="b" x="0" y={size.labels === 0 ? y - 2 : barY + 9}>
        {name}
      </text>
      {bars.map((bar) => (
        <BarDrawn key={`${bar.from} ${bar.to} ${bar.title}`} bar={bar} y={barY} x={x} />
      ))}
      {placed.map((one) => (
        <MarkDrawn key={`${one.x}`} placed={one} y={y + 4} barY={barY} x={x} />
      ))}
    </g>
  );
}

const PAINTS: Readonly<Record<Bar['paint'], { readonly class: string; readonly fill?: string }>> = {
  main: { class: 'f-c1' },
  second: { class: 'f-c2' },
  waiting: { class: 's-due', fill: 'url(#p-due)' },
  no: { class: 's-edge', fill: 'url(#p-no)' },
  empty: { class: 'f-paper s-edge' },
  absent: { class: 's-edge', fill: 'url(#p-absent)' },
  overdue: { class: 'f-bad-bg s-bad' },
};

function BarDrawn({
  bar,
  y,
  x,
}: {
  readonly bar: Bar;
  readonly y: number;
  readonly x: (day: number) => number;
}): VNode {
  const [left, width] = [x(bar.from), Math.max(2, round(x(bar.to) - x(bar.from)))];
  const { class: painted, fill } = PAINTS[bar.paint];
  const room = Math.floor((width - 8) / 6.2);
  const words = bar.words === undefined || room < 2 ? undefined : fitting(bar.words, room);
  const centred = ['JA', 'NEJ', 'OBEHÖVLIGT', 'försenad'].includes(bar.words ?? '');
  const middle = left + width / 2;
  return (
    <g>
      <title>{bar.title}</title>
      <rect class={painted} fill={fill} x={left} y={y} width={width} height="13" />
      {words !== undefined && bar.paint === 'no' ? (
        <rect class="f-paper" x={middle - 15} y={y + 1} width="30" height="11" />
      ) : null}
      {words === undefined ? null : (
        <text
          class={`t${bar.paint === 'main' ? ' on' : bar.paint === 'overdue' ? ' bt' : ''}`}
          x={centred ? middle : left + 4}
          y={y + 10}
          text-anchor={centred ? 'middle' : undefined}
        >
          {words}
        </text>
      )}
    </g>
  );
}

/** The name as far as there is room: whole, with the initial of the surname, or the initials. */
function fitting(words: string, room: number): string | undefined {
  if (words.length <= room) return words;
  const parts = words.split(' ');
  const short = parts.length > 1 ? `${parts[0]} ${parts.at(-1)?.charAt(0) ?? ''}.` : words;
  if (short.length <= room) return short;
  const initials = parts.map((part) => part.charAt(0)).join('');
  return parts.length > 1 && initials.length <= room ? initials : undefined;
}

function MarkDrawn({
  placed: { x: left, at, mark },
  y,
  barY,
  x,
}: {
  readonly placed: PlacedMark;
  readonly y: number;
  readonly barY: number;
  readonly x: (day: number) => number;
}): VNode {
  const edge = mark.writtenOn !== undefined ? 's-warn' : mark.corrected ? 's-new' : 's-ink';
  const middle = round(left + MARK_WIDTH / 2);
  const box = {
    class: `f-paper ${edge}`,
    'stroke-width': mark.corrected || mark.writtenOn !== undefined ? 2.25 : 1,
    'stroke-dasharray': mark.annulled ? '2 2' : undefined,
  };
  return (
    <g>
      <title>{mark.title}</title>
      <path class="f-none s-edge" d={`M${middle} ${y + 15}L${round(at)} ${barY}`} />
      {mark.writtenOn === undefined ? null : (
        <g>
          <line
            class="s-warn"
            x1={round(at)}
            x2={x(mark.writtenOn)}
            y1={barY + 18}
            y2={barY + 18}
            stroke-dasharray="2 2"
          />
          <circle class="f-warn" cx={x(mark.writtenOn)} cy={barY + 18} r="2" />
        </g>
      )}
      {mark.letter === '!' ? (
        <circle {...box} cx={middle} cy={y + 7} r="7.5" />
      ) : (
        <rect {...box} x={round(left + 1)} y={y} width="14" height="14" rx="2" />
      )}
      <text
        class="s b"
        x={middle}
        y={y + 11}
        text-anchor="middle"
        text-decoration={mark.annulled ? 'line-through' : undefined}
      >
        {mark.letter}
      </text>
      {mark.disputed ? (
        <text class="s b" x={round(left + 13)} y={y + 2}>
          ?
        </text>
      ) : null}
    </g>
  );
}

function RuleRow({
  lane: { name, runs },
  y,
  x,
  size,
}: {
  readonly lane: RuleLane;
  readonly y: number;
  readonly x: (day: number) => number;
  readonly size: DrawingSize;
}): VNode {
  const middle = y + 9;
  return (
    <g>
      <text class="s" x="0" y={size.labels === 0 ? y + 1 : middle + 4}>
        {size.labels === 0 ? name : shortened(name)}
      </text>
      {runs.map((run) => (
        <RunDrawn key={`${run.from} ${run.status} ${run.title}`} run={run} middle={middle} x={x} />
      ))}
    </g>
  );
}

/** As much of a name as the column of labels holds. */
function shortened(name: string): string {
  return name.length <= 24 ? name : `${name.slice(0, 23).trimEnd()}…`;
}

function RunDrawn({
  run: { from, to, status, kind, title },
  middle,
  x,
}: {
  readonly run: RuleRun;
  readonly middle: number;
  readonly x: (day: number) => number;
}): VNode {
  const [left, width] = [x(from), Math.max(1.5, round(x(to) - x(from)))];
  const box = (height: number) => ({ x: left, y: middle - height / 2, width, height });
  const plate = width > 14;
  const centre = round(left + width / 2);
  return (
    <g>
      <title>{title}</title>
      {status === 'MET' ? <rect class="f-ok" {...box(3)} /> : null}
      {status === 'DUE' ? <rect fill="url(#p-due)" {...box(8)} /> : null}
      {status === 'WARNING' && width < 5 ? (
        <path class="f-paper s-warn" d={`M${centre} ${middle - 5}l5 9h-10Z`} stroke-width="1.3" />
      ) : null}
      {status === 'WARNING' && width >= 5 ? <rect class="s-warn" fill="url(#p-warn)" {...box(9)} /> : null}
      {status === 'BREACH' ? (
        <rect class={kind === 'STATUTORY' ? 'f-bad' : 'f-bad-bg s-bad'} stroke-width="1.3" {...box(12)} />
      ) : null}
      {status === 'WARNING' && plate ? (
        <rect class="f-paper" x={centre - 5} y={middle - 4.5} width="10" height="9" />
      ) : null}
      {plate && (status === 'WARNING' || status === 'BREACH') ? (
        <text
          class={`t b${status === 'BREACH' && kind === 'STATUTORY' ? ' p' : status === 'BREACH' ? ' bt' : ''}`}
          x={centre}
          y={middle + 4}
          text-anchor="middle"
        >
          {status === 'BREACH' ? 'B' : 'A'}
        </text>
      ) : null}
    </g>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
