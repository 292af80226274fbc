import { spread } from './stopwatch.mjs';

/**
 * What was measured: rows for the table and the JSON file.
 * A row: {id, measure, size?, unit, ours, against?, ratio?, cpuRatio?, goal?, met?}; `ours` and `against.value` are
 * {median, min, max}.
 */
export class Results {
  rows = [];
  skipped = [];

  /** @param judges whether goals are told */
  constructor(judges) {
    this.judges = judges;
  }

  /**
   * A rate of ours against one of a rival's, from the rounds of both ({rate, cpuRate} each).
   * @param goal {ratio?, rate?}, both at least
   */
  rates(id, measure, { size, ours, theirs, rival, unit = '/s', goal }) {
    const [own, other] = [ours, theirs].map((rounds) => ({
      wall: spread(rounds.map(({ rate }) => rate)),
      cpu: spread(rounds.map(({ cpuRate }) => cpuRate)),
    }));
    const ratio = own.wall.median / other.wall.median;
    this.add({
      id,
      measure,
      size,
      unit,
      ours: own.wall,
      cpuPerSecond: own.cpu,
      against: { name: rival, value: other.wall, cpuPerSecond: other.cpu },
      ratio,
      cpuRatio: own.cpu.median / other.cpu.median,
      ...this.judged(goal, ratio, own.wall.median),
    });
  }

  /**
   * Any single value.
   * @param goal {below?, ratio?, rate?, ratioAtMost?}
   * @param against {name, value} where value is a number in the same unit
   */
  value(id, measure, { size, value, unit, against, goal }) {
    const ratio = against ? value / against.value : undefined;
    this.add({
      id,
      measure,
      size,
      unit,
      ours: spread([value]),
      ...(against ? { against: { name: against.name, value: spread([against.value]) } } : {}),
      ratio,
      ...this.judged(goal, ratio, value),
    });
  }

  /** Goals are told, never enforced: a slow machine is no defect. */
  judged(goal, ratio, value) {
    return goal && this.judges ? compared(goal, ratio, value) : {};
  }

  add(row) {
    this.rows.push(row);
    process.stderr.write(`  ${cellsOf(row).join(' | ')}\n`);
  }

  /** Says what was not measured, and why. */
  skip(measure, reason) {
    this.skipped.push({ measure, reason });
    process.stderr.write(`  ${measure}: skipped, ${reason}\n`);
  }

  find(id, size) {
    return this.rows.find((row) => row.id === id && row.size === size);
  }

  /** The table in Markdown, to be pasted. */
  markdown() {
    const table = markdownTable(
      ['measure', 'recipients', 'ours', 'spread', 'against', '', 'ratio', 'CPU ratio', 'goal', ''],
      this.rows.map(cellsOf),
    );
    return [table, ...this.skipped.map(({ measure, reason }) => `Not measured: ${measure} (${reason}).`)].join('\n\n');
  }
}

/** Rows as a Markdown table whose columns stand below each other as plain text too. */
export function markdownTable(header, rows) {
  const widths = header.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** A number as people read it: three digits that matter, thousands apart. */
export function readable(value) {
  if (value === undefined || Number.isNaN(value)) return '';
  if (value >= 1000) return Math.round(value).toLocaleString('en-GB');
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function cellsOf({ measure, size, unit, ours, against, ratio, cpuRatio, goalText = '', met }) {
  return [
    measure,
    size === undefined ? '' : readable(size),
    `${readable(ours.median)} ${unit}`,
    ours.min === ours.max ? '' : `${readable(ours.min)} – ${readable(ours.max)}`,
    against?.name ?? '',
    against ? `${readable(against.value.median)} ${unit}` : '',
    readable(ratio),
    readable(cpuRatio),
    goalText,
    met === undefined ? '' : met ? 'met' : 'missed',
  ];
}

function compared(goal, ratio, value) {
  const parts = [
    ['ratio', `ratio ≥ ${goal.ratio}`, () => ratio >= goal.ratio],
    ['ratioAtMost', `ratio ≤ ${goal.ratioAtMost}`, () => ratio <= goal.ratioAtMost],
    ['rate', `≥ ${readable(goal.rate)}`, () => value >= goal.rate],
    ['below', `< ${readable(goal.below)}`, () => value < goal.below],
  ].filter(([name]) => goal[name] !== undefined);
  return { goal, goalText: parts.map(([, text]) => text).join(', '), met: parts.every(([, , holds]) => holds()) };
}
