import type { Basis, Provenance } from '../../judgement/read-model.js';
import { BEFORE_THE_REGISTER } from '../answer.js';
import type { UnitFacts } from '../current-state/unit-facts.js';
import { type FigureSet, type FigureTotals, totalsOf } from '../../judgement/figures/figure-names.js';

export interface ReportHeader {
  readonly controller: string;
  /** Present when the report is about one unit only. */
  readonly unit?: string;
  readonly on: string;
  /** The knowledge instant of the last entry that was taken in: it names that part of the log for ever. */
  readonly knownAt: string;
  /** The knowledge time that was asked for. */
  readonly requestedKnownAt?: string;
  /** Shown where a knowledge time was asked for: whether the log goes on behind it. */
  readonly closed?: boolean;
  /** The register's first recordedAt; null while it is empty. */
  readonly registerSince: string | null;
  readonly position: string;
  /** The number of facts that it rests on. */
  readonly facts: number;
  /** The id of the register that it was made from. */
  readonly register: string;
  /** The leaf of the last of the facts in the sealed tree, in hexadecimal; null where there is none. */
  readonly leaf: string | null;
  readonly ruleVersions: readonly { readonly rule: string; readonly version: string }[];
  /** The version of the controller's own policy on the day; null where the defaults hold. */
  readonly policyVersion: string | null;
  readonly generatedAt: string;
  /** The log held more when the report was asked for than it takes in. */
  readonly late?: true;
  /** Something it rests on still waits to be judged again. */
  readonly waiting?: true;
  /** Something it rests on could not be applied and was parked. */
  readonly parked?: true;
}

export type ReportRow = { readonly unit: string; readonly unitName: string; readonly provider: string } & FigureTotals;

/** The supervisory report (contract §5). It carries what is needed to make it again. */
export interface SupervisionReport {
  readonly header: ReportHeader;
  readonly rows: readonly ReportRow[];
  readonly total: FigureTotals;
  readonly warning?: string;
}

/** What of the header does not follow from the basis. */
export type ReportQuestion = Pick<
  ReportHeader,
  'controller' | 'unit' | 'on' | 'ruleVersions' | 'policyVersion' | 'generatedAt'
> &
  Provenance;

/**
 * Puts the report together: a row for each unit that has an episode, in the order of the units.
 * @param units in the order of the rows
 */
export function supervisionReport(
  question: ReportQuestion,
  basis: Basis,
  units: readonly UnitFacts[],
  counts: readonly { readonly unit: string; readonly figures: FigureSet; readonly count: number }[],
): SupervisionReport {
  const early = basis.facts === 0;
  const counted = early ? [] : counts;
  const byUnit = new Map<string, { figures: FigureSet; count: number }[]>();
  for (const { unit, figures, count } of counted) byUnit.set(unit, [...(byUnit.get(unit) ?? []), { figures, count }]);
  const rows = units
    .filter(({ unit }) => byUnit.has(unit))
    .map(({ unit, name, controller }) => ({
      unit,
      unitName: name,
      provider: controller,
      ...totalsOf(byUnit.get(unit) ?? []),
    }));
  const { controller, unit, on, ruleVersions, policyVersion, generatedAt, register, leaf } = question;
  const { requestedKnownAt, closed } = basis;
  return {
    header: {
      controller,
      ...(unit === undefined ? {} : { unit }),
      on,
      knownAt: basis.knownAt,
      ...(requestedKnownAt === undefined ? {} : { requestedKnownAt }),
      ...(closed === undefined ? {} : { closed }),
      registerSince: basis.registerSince ?? null,
      position: String(basis.position),
      facts: basis.facts,
      register,
      leaf,
      ruleVersions,
      policyVersion,
      generatedAt,
      ...(basis.late ? { late: true as const } : {}),
      ...(basis.waiting ? { waiting: true as const } : {}),
      ...(basis.parked ? { parked: true as const } : {}),
    },
    rows,
    total: totalsOf(counted.filter((count) => units.some((known) => known.unit === count.unit))),
    ...(early ? { warning: BEFORE_THE_REGISTER } : {}),
  };
}
