import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Leave } from '../../facts/access-given.js';
import { FixedClock } from '../../kernel/time/clock.js';
import { openRegister, type Register } from '../../app/register.js';
import { importHistory, type ImportResult } from '../import-history.js';

export type LineObject = Record<string, unknown>;

/** A UUID that is easy to tell apart: `uuid(7)` ends in …0007. */
export function uuid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

export const IDS = {
  controller: uuid(1),
  unit: uuid(2),
  staff: uuid(3),
  recipient: uuid(4),
  episode: uuid(5),
  offer: uuid(6),
  assignment: uuid(7),
  plan: uuid(8),
  consent: uuid(9),
  other: uuid(99),
};

let refs = 0;

/** One line of a history file; what is not said is ordinary. */
export function line(type: string, stream: string, data: LineObject, rest: LineObject = {}): LineObject {
  refs += 1;
  return {
    ref: `r${refs}`,
    type,
    stream,
    effectiveOn: '2024-03-01',
    actor: { id: 'a1', role: 'enhetschef' },
    data,
    ...rest,
  };
}

export const sections = { security: 's', continuity: 'c', individualCare: 'i', coordination: 'k' };

/** Controller, unit, employee, recipient and an episode in home care, each with a fixed ref. */
export function groundwork(): LineObject[] {
  return [
    line(
      'ControllerRegistered',
      `controller-${IDS.controller}`,
      { name: 'Ånge kommun', kind: 'MUNICIPAL', orgNumber: '212000-2387', municipalityCode: '2260' },
      { ref: 'controller', effectiveOn: '2022-01-01' },
    ),
    line(
      'UnitOpened',
      `unit-${IDS.unit}`,
      { controller: IDS.controller, name: 'Hemtjänst Öst', careForms: ['HOME_CARE'] },
      { ref: 'unit', effectiveOn: '2022-01-01' },
    ),
    line(
      'StaffRegistered',
      `staff-${IDS.staff}`,
      { controller: IDS.controller, unit: IDS.unit, name: 'Siv Ek' },
      { ref: 'staff', effectiveOn: '2022-01-01' },
    ),
    line(
      'RecipientRegistered',
      `recipient-${IDS.recipient}`,
      {
        controller: IDS.controller,
        identity: { type: 'PERSONNUMMER', value: '19811218-9876' },
        name: 'Anna Öberg',
        protection: 'NONE',
      },
      { ref: 'recipient', effectiveOn: '2024-01-01' },
    ),
    line(
      'CareEpisodeStarted',
      `careEpisode-${IDS.episode}`,
      {
        recipient: IDS.recipient,
        unit: IDS.unit,
        careForm: 'HOME_CARE',
        legalGround: 'SOL_NEEDS_ASSESSED',
        services: ['CLEANING'],
      },
      { ref: 'episode', effectiveOn: '2024-02-01' },
    ),
  ];
}

/** A register in memory and a folder for history files. */
export class ImportBench {
  readonly clock = new FixedClock('2024-06-15T10:00:00.000Z');
  private files = 0;

  private constructor(
    readonly register: Register,
    readonly folder: string,
  ) {}

  static async open(): Promise<ImportBench> {
    const folder = await mkdtemp(join(tmpdir(), 'fok-import-'));
    const clock = new FixedClock('2024-06-15T10:00:00.000Z');
    const register = await openRegister({ dataDir: folder, eventStore: 'memory', viewStore: 'memory' }, { clock });
    return new ImportBench(register, folder);
  }

  /** Imports lines: objects as JSON, text and bytes as they are. */
  async import(
    lines: readonly (LineObject | string | Buffer)[],
    options: { source?: string; dryRun?: boolean; ending?: string; leave?: Leave } = {},
  ): Promise<
    ImportResult & {
      codes: Record<number, string>;
      reasons: { line: number; code: string; reason: string; ref?: string }[];
    }
  > {
    const ending = Buffer.from(options.ending ?? '\n');
    const raw = lines.map((item) =>
      Buffer.concat([
        Buffer.isBuffer(item) ? item : Buffer.from(typeof item === 'string' ? item : JSON.stringify(item)),
        ending,
      ]),
    );
    this.files += 1;
    const file = join(this.folder, `history-${this.files}.ndjson`);
    await writeFile(file, Buffer.concat(raw));
    return this.importFile(file, options);
  }

  /** Imports lines into another register than the bench's own. */
  async importInto(register: Register, lines: readonly LineObject[]): Promise<ImportResult> {
    this.files += 1;
    const file = join(this.folder, `history-${this.files}.ndjson`);
    await writeFile(file, lines.map((item) => `${JSON.stringify(item)}\n`).join(''));
    return importHistory(register, { file, source: 'import', dryRun: false, rejectFile: `${file}.rejects.ndjson` });
  }

  async importFile(
    file: string,
    options: { source?: string; dryRun?: boolean; leave?: Leave } = {},
  ): Promise<
    ImportResult & {
      codes: Record<number, string>;
      reasons: { line: number; code: string; reason: string; ref?: string }[];
    }
  > {
    const result = await importHistory(this.register, {
      file,
      source: options.source ?? 'import',
      dryRun: options.dryRun ?? false,
      ...(options.leave === undefined ? {} : { leave: options.leave }),
      rejectFile: `${file}.rejects.ndjson`,
    });
    const text = result.rejectFiles ? await readFile(result.rejectFiles.reasons, 'utf8') : '';
    const reasons = text
      .split('\n')
      .filter(Boolean)
      .map((item) => JSON.parse(item) as { line: number; code: string; reason: string; ref?: string });
    return { ...result, reasons, codes: Object.fromEntries(reasons.map((reason) => [reason.line, reason.code])) };
  }

  async close(): Promise<void> {
    await this.register.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
