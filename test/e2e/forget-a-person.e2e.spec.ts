import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RegisterOptions } from '../../src/app/register.js';
import { runVerb, type Told } from '../support/cli-in-process.js';
import { answerOf } from '../support/verb.js';

const uuid = (n: number): string => `0f000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [CONTROLLER, UNIT, STAFF, GONE, OTHER_CONTROLLER] = [uuid(1), uuid(2), uuid(3), uuid(4), uuid(5)];
const [FIRST, AGAIN, MERGED, ANOTHER, ELSEWHERE, LONELY] = [uuid(11), uuid(12), uuid(13), uuid(14), uuid(15), uuid(16)];
const [ONGOING, ENDED] = [uuid(21), uuid(22)];

let refs = 0;
function line(type: string, stream: string, data: object, effectiveOn = '2024-01-01'): object {
  refs += 1;
  return { ref: `r${refs}`, type, stream, effectiveOn, actor: { id: 'a', role: 'UNIT_MANAGER' }, data };
}
function person(id: string, name: string, identity: object, more: object = {}): object {
  const data = { controller: CONTROLLER, identity, name, protection: 'NONE', ...more };
  return line('RecipientRegistered', `recipient-${id}`, data);
}
const personnummer = (value: string) => ({ type: 'PERSONNUMMER', value });
function episode(id: string, recipient: string): object {
  const care = { unit: UNIT, careForm: 'HOME_CARE', legalGround: 'SOL_NEEDS_ASSESSED', services: ['PERSONAL_CARE'] };
  return line('CareEpisodeStarted', `careEpisode-${id}`, { recipient, ...care });
}

const kommun = { name: 'Provkommun', kind: 'MUNICIPAL', orgNumber: '212000-2395' };
const employee = (name: string) => ({ controller: CONTROLLER, unit: UNIT, name });
const anotherPerson = { reason: 'Numret är utfärdat två gånger.' };
const HISTORY = [
  line('ControllerRegistered', `controller-${CONTROLLER}`, kommun),
  line('ControllerRegistered', `controller-${OTHER_CONTROLLER}`, kommun),
  line('UnitOpened', `unit-${UNIT}`, { controller: CONTROLLER, name: 'Norr', careForms: ['HOME_CARE'] }),
  line('StaffRegistered', `staff-${STAFF}`, employee('Anna Lind')),
  line('StaffRegistered', `staff-${GONE}`, employee('Bo Ek')),
  line('EmploymentEnded', `staff-${GONE}`, {}, '2025-06-01'),
  person(FIRST, 'Tolvan Ett', personnummer('19121212-1212')),
  person(AGAIN, 'Tolvan Två', personnummer('121212+1212')),
  person(MERGED, 'Tolvan Tre', { type: 'RESERVE', value: 'R-1' }),
  line('RecipientMerged', `recipient-${MERGED}`, { into: AGAIN }),
  person(ANOTHER, 'Helt Annan', personnummer('191212121212'), { anotherPerson }),
  person(ELSEWHERE, 'Tolvan Annanstans', personnummer('191212121212'), { controller: OTHER_CONTROLLER }),
  person(LONELY, 'Ensam', personnummer('198112189876')),
  episode(ONGOING, AGAIN),
  episode(ENDED, LONELY),
  line('CareEpisodeEnded', `careEpisode-${ENDED}`, { cause: 'MOVED' }, '2025-01-01'),
];

let folder: string;
// Threads cannot be started from within Jest: episodes are judged where they are asked for.
const REGISTER: RegisterOptions = { judge: (local) => local };
const fok = (...args: string[]): Promise<Told> => runVerb(['--data', folder, ...args], {}, REGISTER);
const forget = (...args: string[]): Promise<Told> => fok('forget', ...args, '--reason', 'beslut 7');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fok-forget-'));
  const file = join(folder, 'history.ndjson');
  writeFileSync(file, HISTORY.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const { code, stdout, stderr } = await fok('import', file);
  expect([code, stderr]).toEqual([
    0,
    expect.stringContaining(`recipient ${AGAIN} has the number of ${FIRST}, who was registered before`),
  ]);
  expect(stdout).toContain('1 register somebody whose number another registration has');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const namesOf = async (recipient: string): Promise<unknown[]> => {
  const { stdout } = await fok('timeline', recipient, '--format', 'json');
  const { entries } = JSON.parse(stdout) as {
    readonly entries: readonly { readonly data: { readonly name?: unknown } }[];
  };
  return entries.flatMap(({ data }) => ('name' in data ? [data.name] : []));
};

describe('forgetting a person', () => {
  it('shows every registration of the person, how it is known, who stays and what goes on, and changes nothing', async () => {
    const plan = JSON.parse((await forget(FIRST, '--dry-run', '--format', 'json')).stdout) as object;
    expect(plan).toEqual({
      dryRun: true,
      kind: 'recipient',
      registrations: [
        { id: FIRST, because: 'ASKED_FOR', name: 'Tolvan Ett' },
        { id: AGAIN, because: 'SAME_NUMBER', name: 'Tolvan Två' },
        { id: MERGED, because: 'MERGED', name: 'Tolvan Tre' },
      ],
      others: [ANOTHER],
      goesOn: [`careEpisode-${ONGOING}`],
    });
    const { stdout } = await forget(MERGED, '--dry-run');
    for (const known of [
      FIRST,
      AGAIN,
      MERGED,
      'Tolvan Ett',
      `stays: recipient ${ANOTHER}`,
      `goes on: careEpisode-${ONGOING}`,
    ])
      expect(stdout).toContain(known);
    expect(stdout).not.toContain(ELSEWHERE);
    expect(await namesOf(FIRST)).toEqual(['Tolvan Ett']);
  });

  it('of somebody who is said to be another person takes nobody else', async () => {
    const { stdout } = await forget(ANOTHER, '--dry-run', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ registrations: [{ id: ANOTHER }], others: [FIRST, AGAIN], goesOn: [] });
  });

  it('is refused while care goes on, and where nobody is asked, having named them', async () => {
    const early = await forget(FIRST, '--yes');
    expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('--although')]);
    expect(early.stderr).toContain('Tolvan Tre');
    const unasked = await forget(LONELY);
    expect([unasked.code, unasked.stderr]).toEqual([1, expect.stringContaining('--yes')]);
    expect(unasked.stderr).toContain('Ensam');
    expect(await namesOf(LONELY)).toEqual(['Ensam']);
    expect((await forget(FIRST, '--although', ' ', '--yes')).code).toBe(1);
  });

  it('asks at a terminal, and does nothing on another answer', async () => {
    const answered = (answer: string): Promise<Told> => {
      const stdin = Object.assign(Readable.from([`${answer}\n`]), { isTTY: true });
      return runVerb(['--data', folder, 'forget', LONELY, '--reason', 'beslut 7'], {}, REGISTER, stdin);
    };
    expect((await answered('ja')).code).toBe(1);
    expect(await namesOf(LONELY)).toEqual(['Ensam']);
    expect((await answered('forget')).code).toBe(0);
    expect(await namesOf(LONELY)).toEqual([null]);
  });

  it('takes all registrations when it is said why, and leaves the other person and the other controller', async () => {
    const { code, stdout } = await forget(MERGED, '--although', 'Felregistrerad.', '--yes', '--format', 'json');
    expect([code, JSON.parse(stdout)]).toEqual([0, { forgotten: [MERGED, AGAIN, FIRST] }]);
    for (const gone of [FIRST, AGAIN, MERGED]) expect(new Set(await namesOf(gone))).toEqual(new Set([null]));
    expect(await namesOf(ANOTHER)).toEqual(['Helt Annan']);
    expect(await namesOf(ELSEWHERE)).toEqual(['Tolvan Annanstans']);
    const { stdout: entries } = await fok('events', 'show', '--stream', `recipient-${FIRST}`);
    expect(entries).toContain('Felregistrerad.');
    expect(await answerOf(['--data', folder, 'check', '--all'])).toMatchObject({ ok: true });
  });
});

describe('forgetting an employee', () => {
  it('is refused while they are employed, and done when they have left', async () => {
    const early = await forget(STAFF, '--staff', '--yes');
    expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('Anna Lind')]);
    const { code, stdout } = await forget(GONE, '--staff', '--yes', '--format', 'json');
    expect([code, JSON.parse(stdout)]).toEqual([0, { forgotten: [GONE] }]);
    const { stdout: entries } = await fok('events', 'show', '--stream', `staff-${GONE}`);
    expect(entries).toContain('PersonForgotten');
    expect(entries).not.toContain('Bo Ek');
    expect(await answerOf(['--data', folder, 'check', '--all'])).toMatchObject({ ok: true });
    expect((await forget(GONE, '--yes')).code).toBe(1);
  });
});
