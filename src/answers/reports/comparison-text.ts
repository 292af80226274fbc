import { entryLabel } from '../../facts/labels.js';
import type { ReportComparison } from './compare.js';
import { figureNamed } from '../../judgement/figures/figure-names.js';
import type { Reproduction } from './reproduce.js';

/** What changed between two knowledge times, as a person reads it. */
export function comparisonText({ on, knownFrom, knownTo, figures, moved, episodes }: ReportComparison): string {
  const title = `Rapporten för ${on}: enligt vad som var känt ${knownFrom} mot ${knownTo}`;
  if (figures.length + moved.length === 0) return `${title}\nInget mått räknar andra omsorgsperioder än förut.`;
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
    'Händelser som ligger bakom ändringen:',
    ...episodes.flatMap(({ episode, entries }) => [
      `  omsorgsperiod ${episode}`,
      ...entries.map(
        ({ recordedAt, effectiveOn, type, stream, eventId }) =>
          `    ${recordedAt}  ${entryLabel(type, effectiveOn)} (${effectiveOn}) ${stream} ${eventId}`,
      ),
      ...(entries.length === 0 ? ['    inga: en regel bedöms på ett annat sätt'] : []),
    ]),
  ].join('\n');
}

/** Whether a report could be made again, and what was compared, as a person reads it. */
export function reproductionText(reproduction: Reproduction): string {
  const { identical, differences, causes, earlierRules, report } = reproduction;
  const made = `Rapporten för ${report.header.on}, enligt vad som var känt ${report.header.knownAt}${earlierRules ? ', gjord med de regelversioner som den anger' : ''}`;
  if (identical) return [`${made}: IDENTISK`, ...comparedText(reproduction)].join('\n');
  return [
    `${made}: SKILJER SIG`,
    ...differences.map(({ path, from, to }) => `  ${path}: sparad ${JSON.stringify(from)}, nu ${JSON.stringify(to)}`),
    'Orsak:',
    ...causes.map(({ text }) => `  ${text}`),
    ...comparedText(reproduction),
  ].join('\n');
}

/** What was compared, as a person reads it: a sentence, and one about what was not. */
export function comparedText({ notCompared = [], compared: { figures, units } }: Reproduction): string[] {
  const left = notCompared.map((name) => figureNamed(name)?.label ?? name);
  return [
    `Jämfört: sidhuvudet och ${figures} mått för ${units} ${units === 1 ? 'enhet' : 'enheter'} och totalt.`,
    ...(left.length === 0
      ? []
      : [`Inte jämfört, eftersom måtten inte fanns när rapporten sparades: ${left.join(', ')}.`]),
  ];
}
