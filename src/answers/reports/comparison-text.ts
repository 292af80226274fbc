import { typeLabel } from '../../facts/labels.js';
import type { ReportComparison } from './compare.js';
import { figureNamed } from '../../judgement/figures/figure-names.js';
import type { Reproduction } from './reproduce.js';

/** What changed between two knowledge times, as a person reads it. */
export function comparisonText({ on, knownFrom, knownTo, figures, moved, episodes }: ReportComparison): string {
  const title = `Rapporten för ${on}: känt ${knownFrom} mot känt ${knownTo}`;
  if (figures.length + moved.length === 0) return `${title}\nInget mått räknar andra insatser än förut.`;
  return [
    title,
    '',
    ...figures.flatMap(({ figure, from, to, entered, left }) => [
      `${figureNamed(figure)?.label ?? figure}: ${from} → ${to}`,
      ...entered.map((episode) => `  + ${episode}`),
      ...left.map((episode) => `  - ${episode}`),
    ]),
    ...(moved.length === 0
      ? []
      : [
          'Räknas i en annan enhet än förut:',
          ...moved.map(({ episode, from, to }) => `  ${episode}: ${from} → ${to}`),
        ]),
    '',
    'Genom dessa anteckningar:',
    ...episodes.flatMap(({ episode, entries }) => [
      `  insats ${episode}`,
      ...entries.map(
        ({ recordedAt, effectiveOn, type, stream, eventId }) =>
          `    ${recordedAt}  ${typeLabel(type)} (${effectiveOn}) ${stream} ${eventId}`,
      ),
      ...(entries.length === 0 ? ['    ingen: regeln bedöms på ett annat sätt'] : []),
    ]),
  ].join('\n');
}

/** Whether a report could be made again, as a person reads it. */
export function reproductionText({ identical, differences, causes, earlierRules, report }: Reproduction): string {
  const made = `Rapporten för ${report.header.on}, känd ${report.header.knownAt}${earlierRules ? ', gjord med de regelversioner som den anger' : ''}`;
  if (identical) return `${made}: IDENTISK`;
  return [
    `${made}: SKILJER SIG`,
    ...differences.map(({ path, from, to }) => `  ${path}: sparad ${JSON.stringify(from)}, nu ${JSON.stringify(to)}`),
    'Orsak:',
    ...causes.map(({ text }) => `  ${text}`),
  ].join('\n');
}
