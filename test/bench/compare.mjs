import { readFileSync } from 'node:fs';
import { markdownTable, readable } from './results.mjs';

/**
 * Two results of a benchmark beside each other, as Markdown: for each row that both have, what it was, what it is, and
 * their ratio. Where a row was measured against a limit or a peer of the same run, the ratio of the ratios says what the
 * program gained, whatever else the machine was doing.
 * @param before and `after`: what a run wrote as JSON, parsed
 */
export function comparison(before, after) {
  const key = ({ id, size }) => `${id} ${size ?? ''}`;
  const known = new Map(before.rows.map((row) => [key(row), row]));
  const both = after.rows.flatMap((row) => (known.has(key(row)) ? [[known.get(key(row)), row]] : []));
  const rows = both.map(([old, now]) => [
    now.measure,
    readable(now.size),
    `${readable(old.ours.median)} ${now.unit}`,
    `${readable(now.ours.median)} ${now.unit}`,
    quotient(now.ours.median, old.ours.median),
    quotient(now.cpuPerSecond?.median, old.cpuPerSecond?.median),
    quotient(now.ratio, old.ratio),
  ]);
  const alone = [
    ...missing('Only before', before.rows, new Set(after.rows.map(key)), key),
    ...missing('Only after', after.rows, new Set(known.keys()), key),
  ];
  const title = [before, after].map(
    ({ machine, plan }) =>
      `commit ${machine.commit.slice(0, 12)}${machine.changed ? ' with changes' : ''}, Node ${machine.node}, ${machine.date}, load ${machine.loadBefore.toFixed(1)}, ${plan.name} run`,
  );
  const head = ['measure', 'recipients', 'before', 'after', 'after ÷ before', 'per CPU second', 'against the peer'];
  return [
    `Before: ${title[0]}  \nAfter: ${title[1]}`,
    markdownTable(head, rows),
    'More is better of a rate, less of a time or of memory.',
    ...alone,
  ].join('\n\n');
}

/** @throws Error for a file that cannot be read or is no result */
export function compareFiles(before, after) {
  const [one, other] = [before, after].map((file) => {
    const result = JSON.parse(readFileSync(file, 'utf8'));
    if (!Array.isArray(result.rows)) throw new Error(`${file} is no result of the benchmark`);
    return result;
  });
  return comparison(one, other);
}

function quotient(one, other) {
  return one === undefined || other === undefined || one === null || other === null ? '' : readable(one / other);
}

function missing(label, rows, others, key) {
  const alone = rows.filter((row) => !others.has(key(row)));
  return alone.length === 0 ? [] : [`${label}: ${alone.map(({ measure }) => measure).join(', ')}.`];
}
