import { z } from 'zod';
import { callScope } from '../../access/call-scope.js';
import { RULES } from '../../compliance-rules/index.js';
import { embeddedText, isPdf } from '../../documents/embedded-file.js';
import { type Change, difference } from '../difference.js';
import type { ReadSide } from '../../judgement/read-side.js';
import { reportOf } from './get-report.js';
import type { SupervisionReport } from './report.js';
import { reportByReplay } from './report-by-replay.js';

/** What a saved report must say to be made again; whatever else it holds is compared. */
const savedReport = z.object({
  header: z.object({
    controller: z.guid(),
    unit: z.guid().optional(),
    on: z.iso.date(),
    knownAt: z.iso.datetime(),
    facts: z.int(),
    register: z.string().optional(),
    leaf: z.string().nullable().optional(),
    registerSince: z.string().nullable(),
    ruleVersions: z.array(z.object({ rule: z.string(), version: z.string() })),
    policyVersion: z.string().nullable(),
    late: z.boolean().optional(),
    waiting: z.boolean().optional(),
    parked: z.boolean().optional(),
  }),
  rows: z.array(z.looseObject({ unit: z.guid() })),
  total: z.record(z.string(), z.int()),
  warning: z.string().optional(),
});

export type SavedReport = z.infer<typeof savedReport>;

/** Why a report made again is not the same. */
export interface Cause {
  readonly code:
    | 'OTHER_REGISTER'
    | 'OTHER_LOG'
    | 'ENTRIES'
    | 'POLICY'
    | 'RULE_VERSION'
    | 'FIGURES'
    | 'NOT_CURRENT'
    | 'OUT_OF_REACH'
    | 'UNEXPLAINED';
  /** Swedish, for people. */
  readonly text: string;
}

export interface Reproduction {
  /** The same in everything but when and how it was asked for, and the position. */
  readonly identical: boolean;
  readonly differences: readonly Change[];
  readonly causes: readonly Cause[];
  /**
   * True when rules have newer versions, and the report was made with those it names.
   */
  readonly earlierRules: boolean;
  /** Figures that were none when the report was saved, and so are not compared; absent where there are none. */
  readonly notCompared?: readonly string[];
  /** Besides the header: how many figures of how many units, and of all units together, were compared. */
  readonly compared: { readonly figures: number; readonly units: number };
  readonly report: SupervisionReport;
}

/** The text is no supervisory report. */
export class NoReport extends Error {
  /** @param path the field that is not as it should be, as `header.on`; empty where it is the whole */
  constructor(
    message: string,
    readonly path: string,
  ) {
    super(message);
  }
}

/** A saved report, and all that it says. */
export type ReadReport = SavedReport & { readonly whole: unknown };

/** Reads a saved report from a file: JSON, or a PDF/A-3a that has it inside. @throws NoReport */
export function readReportFile(file: Uint8Array): ReadReport {
  const text = isPdf(file) ? embeddedText(file) : Buffer.from(file).toString('utf8');
  if (text === undefined)
    throw new NoReport('the file is a PDF without a report inside: only one that was made for the archive has it', '');
  return readSavedReport(text);
}

/** Reads a saved report. @throws NoReport */
export function readSavedReport(text: string): ReadReport {
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    throw new NoReport('the file is no JSON', '');
  }
  return savedReportIn(whole);
}

/** The saved report that a JSON value is. @throws NoReport */
export function savedReportIn(whole: unknown): ReadReport {
  const read = savedReport.safeParse(whole);
  if (read.success) return { ...read.data, whole };
  const path = read.error.issues[0]?.path.join('.') ?? '';
  throw new NoReport(`the file is no saved supervisory report: ${path} is not as it should be`, path);
}

/**
 * Makes a saved report again, by the part of the log and the rule versions that it names, and tells what is not the
 * same and why.
 */
export async function reproduce(reads: ReadSide, saved: ReadReport): Promise<Reproduction> {
  const { controller, unit, on, knownAt, facts, leaf, ruleVersions } = saved.header;
  const scope = { controller, ...(unit === undefined ? {} : { unit }) };
  // A report of before the register named instants says the clock's time, and on how many facts it rests.
  const known = leaf === undefined ? await reads.figures.ofFacts(facts) : await reads.figures.known(knownAt);
  const today = await reportOf(reads, scope, on, known);
  const earlierRules = !sameVersions(saved, today) && canBeJudgedBy(saved);
  const report = earlierRules ? await reportByReplay(reads, scope, today, known, ruleVersions) : today;
  const notCompared = Object.keys(report.total).filter((name) => !Object.hasOwn(saved.total, name));
  const made = comparable(withoutFigures(report, notCompared), leaf === undefined);
  const differences = difference(comparable(saved.whole), made);
  const identical = differences.length === 0;
  return {
    identical,
    differences,
    causes: identical ? [] : causesOf(saved, report),
    earlierRules,
    ...(notCompared.length === 0 ? {} : { notCompared }),
    compared: { figures: Object.keys(report.total).length - notCompared.length, units: report.rows.length },
    report,
  };
}

/** The report as a program told it that did not count these figures yet. */
function withoutFigures(report: SupervisionReport, figures: readonly string[]): unknown {
  const without = (counted: object): object =>
    Object.fromEntries(Object.entries(counted).filter(([name]) => !figures.includes(name)));
  return { ...report, rows: report.rows.map(without), total: without(report.total) };
}

function sameVersions(saved: SavedReport, made: SupervisionReport): boolean {
  return JSON.stringify(versions(saved.header.ruleVersions)) === JSON.stringify(versions(made.header.ruleVersions));
}

function versions(of: readonly { readonly rule: string; readonly version: string }[]): string[] {
  return of.map(({ rule, version }) => `${rule} ${version}`).sort();
}

/** A report that names no rule was made by none: nothing is judged anew for it. */
function canBeJudgedBy({ header: { ruleVersions } }: SavedReport): boolean {
  return (
    ruleVersions.length > 0 &&
    ruleVersions.every(({ rule, version }) =>
      RULES.some(({ id, versions: known }) => id === rule && known.some((one) => one.version === version)),
    )
  );
}

/** What a report says of the asking, not of the facts: when, how, and where the log lay. */
const OF_THE_ASKING = ['generatedAt', 'position', 'requestedKnownAt', 'closed', 'late', 'waiting'];
/** What a report of before the register named instants does not say, or says by the clock. */
const SINCE_INSTANTS = ['knownAt', 'register', 'leaf'];

/**
 * A report in the form in which two are compared: rows by unit, and in which order they stand.
 * @param asBefore as a report of before the register named instants
 */
function comparable(report: unknown, asBefore = !isNamed(report)): unknown {
  const { header, rows, ...rest } = report as SavedForm;
  const left = new Set([...OF_THE_ASKING, ...(asBefore ? SINCE_INSTANTS : [])]);
  return {
    header: Object.fromEntries(Object.entries(header).filter(([name]) => !left.has(name))),
    rows: Object.fromEntries(rows.map((row) => [row.unit, row])),
    order: rows.map(({ unit }) => unit),
    ...rest,
  };
}

interface SavedForm {
  readonly header: Record<string, unknown>;
  readonly rows: readonly { readonly unit: string }[];
}

function isNamed(report: unknown): boolean {
  return (report as SavedForm).header['leaf'] !== undefined;
}

function causesOf(saved: SavedReport, made: SupervisionReport): Cause[] {
  const causes: Cause[] = [];
  const [then, now] = [saved.header, made.header];
  if (then.registerSince !== now.registerSince)
    causes.push({
      code: 'OTHER_REGISTER',
      text: `Rapporten är gjord ur ett annat register: det togs i bruk ${then.registerSince ?? '–'}, detta ${now.registerSince ?? '–'}.`,
    });
  if (then.register !== undefined && then.register !== now.register)
    causes.push({
      code: 'OTHER_REGISTER',
      text: `Rapporten är gjord ur registret ${then.register}, detta är ${now.register}.`,
    });
  else if (then.leaf !== undefined && then.facts === now.facts && then.leaf !== now.leaf)
    causes.push({
      code: 'OTHER_LOG',
      text: 'Rapporten bygger på en annan följd av händelser: registrets logg är inte densamma fram till kunskapstidpunkten. Kontrollera den med verify.',
    });
  if (then.facts !== now.facts)
    causes.push({
      code: 'ENTRIES',
      text: `Rapporten bygger på ${then.facts} händelser; vid samma kunskapstidpunkt känner registret till ${now.facts}.`,
    });
  if (then.policyVersion !== now.policyVersion)
    causes.push({
      code: 'POLICY',
      text: `Rapporten är gjord efter de lokala riktlinjerna ${then.policyVersion ?? 'standardvärden'}; nu svarar registret ${now.policyVersion ?? 'standardvärden'}.`,
    });
  const known = new Map(now.ruleVersions.map(({ rule, version }) => [rule, version]));
  for (const { rule, version } of then.ruleVersions) {
    if (known.get(rule) !== version)
      causes.push({
        code: 'RULE_VERSION',
        text: `Regeln ${rule} bedömdes i version ${version}; programmet har ${known.get(rule) ?? 'den inte'}.`,
      });
  }
  // Before waiting was told apart, late meant either.
  if ((then.leaf === undefined && then.late) || then.waiting || then.parked)
    causes.push({
      code: 'NOT_CURRENT',
      text: 'Rapporten var själv märkt som ofullständig: något väntade på bedömning eller hade lagts åt sidan när den gjordes.',
    });
  if (now.waiting || now.parked)
    causes.push({
      code: 'NOT_CURRENT',
      text: 'Registrets vyer är inte fullständiga just nu: något väntar på bedömning eller har lagts åt sidan.',
    });
  const told = new Set(made.rows.map(({ unit }) => unit));
  if (!callScope().all && saved.rows.some(({ unit }) => !told.has(unit)))
    causes.push({
      code: 'OUT_OF_REACH',
      text: 'Rapporten har enheter som inte finns bland dem som du får läsa siffror om. Låt den som gjorde rapporten, eller den som ser alla enheter, göra om den.',
    });
  const gone = Object.keys(saved.total).filter((name) => !Object.hasOwn(made.total, name));
  if (gone.length > 0)
    causes.push({ code: 'FIGURES', text: `Rapporten har mått som programmet inte känner till: ${gone.join(', ')}.` });
  return causes.length > 0
    ? causes
    : [
        {
          code: 'UNEXPLAINED',
          text: 'Skillnaden har ingen känd orsak: rapporten kan ha ändrats efter att den gjordes. Kontrollera registret med verify.',
        },
      ];
}
