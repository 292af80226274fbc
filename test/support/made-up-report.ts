import type { ReportSource } from '../../src/answers/reports/report-document.js';
import { FIGURES, type FigureTotals } from '../../src/judgement/figures/figure-names.js';

/** A report of so many units, in which every number of a unit is its own. */
export function madeUpReport(units: number, name: (at: number) => string = (at) => `Enhet ${at} Å`): ReportSource {
  const rows = Array.from({ length: units }, (_, at) => ({
    unit: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    unitName: name(at),
    provider: '00000000-0000-4000-9000-000000000001',
    ...figuresOf((figure) => at * FIGURES.length + figure),
  }));
  return {
    controller: 'Exempelkommunens äldrenämnd',
    report: {
      header: {
        controller: '00000000-0000-4000-9000-000000000001',
        on: '2026-06-30',
        knownAt: '2026-06-30T12:00:00.000Z',
        registerSince: '2022-05-01T08:00:00.000Z',
        position: '123456',
        facts: 123_457,
        register: '00000000-0000-4000-a000-000000000001',
        leaf: 'ab01'.repeat(16),
        ruleVersions: [{ rule: 'OFFER', version: '1' }],
        policyVersion: '3',
        generatedAt: '2026-06-30T12:00:01.000Z',
      },
      rows,
      total: figuresOf((figure) => rows.reduce((sum, row) => sum + row[FIGURES[figure]!.name], 0)),
    },
  };
}

function figuresOf(count: (figure: number) => number): FigureTotals {
  return Object.fromEntries(FIGURES.map(({ name }, at) => [name, count(at)])) as FigureTotals;
}
