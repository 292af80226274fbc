import { markdownTable, readable } from '../results.mjs';

/** Events of one recipient in ten years, as the register is to stand: 36 million for 240,000 recipients. */
const EVENTS_A_RECIPIENT = 150;

const PLACES = [
  ['a municipality of 50,000 recipients', 50_000],
  ['all Sweden, 240,000 recipients', 240_000],
];

/**
 * What the two largest measured sizes say about sizes that were not measured: everything is taken to grow in a straight
 * line, but for memory. What
 * is kept there is bounded, so between two small sizes a line would only go on from how the program warms up: it is
 * told as measured.
 * @param histories what {@link measureHistory} gave, smallest first
 */
export function onPaper(results, histories) {
  const [before, last] = histories.slice(-2);
  const rows = PLACES.map(([name, recipients]) => {
    const events = recipients * EVENTS_A_RECIPIENT;
    const disk = (part) => (last.bytes[part] / last.facts) * events;
    const memory = (id) => results.find(id, last.size).ours.median;
    return {
      name,
      recipients,
      events,
      logGiB: disk('log') / 2 ** 30,
      viewsGiB: disk('views') / 2 ** 30,
      importMinutes:
        events / (results.find('import-last', last.size) ?? results.find('import', last.size)).ours.median / 60,
      rebuildMinutes: events / results.find('rebuild', last.size).ours.median / 60,
      // Keys and episodes grow with the people, not with what is known of them.
      keysGiB: ((last.bytes.keys / last.size) * recipients) / 2 ** 30,
      importMiB: memory('memory-import'),
      rebuildMiB: memory('memory-rebuild'),
      serverMiB: memory('memory-serve'),
      reportMilliseconds: line(results, 'report-p50', before, last, events),
    };
  });
  return { eventsARecipient: EVENTS_A_RECIPIENT, from: [before.size, last.size], rows };
}

/** The straight line through the two sizes, by their number of facts. */
function line(results, id, before, last, events) {
  const [low, high] = [before, last].map(({ size }) => results.find(id, size).ours.median);
  return high + ((high - low) / (last.facts - before.facts)) * (events - last.facts);
}

export function paperTable({ rows, from: [, largest] }) {
  const lines = [
    ['events', ({ events }) => readable(events)],
    ['disk: log, GiB', ({ logGiB }) => readable(logGiB)],
    ['disk: keys, GiB', ({ keysGiB }) => readable(keysGiB)],
    ['disk: views, GiB', ({ viewsGiB }) => readable(viewsGiB)],
    ['import, minutes', ({ importMinutes }) => readable(importMinutes)],
    ['rebuild, minutes', ({ rebuildMinutes }) => readable(rebuildMinutes)],
    [`memory: import, MiB, at ${readable(largest)}`, ({ importMiB }) => readable(importMiB)],
    [`memory: rebuild, MiB, at ${readable(largest)}`, ({ rebuildMiB }) => readable(rebuildMiB)],
    [`memory: server, MiB, at ${readable(largest)}`, ({ serverMiB }) => readable(serverMiB)],
    ['report, p50, ms', ({ reportMilliseconds }) => readable(reportMilliseconds)],
  ];
  return markdownTable(
    ['on paper', ...rows.map(({ name }) => name)],
    lines.map(([name, value]) => [name, ...rows.map(value)]),
  );
}
