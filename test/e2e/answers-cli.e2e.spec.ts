import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { onFerretDb } from '../support/stores.js';
import { runVerb } from './answers-run-verb.js';

jest.setTimeout(240_000);

const folder = mkdtempSync(join(tmpdir(), 'fok-cli-'));
const data = join(folder, 'data');
const history = join(folder, 'history.ndjson');

const fok = (...args: string[]) => runVerb([...args, '--data', data]);

/**
 * How many persons, and one of the contacts of the first who said yes. FerretDB 1.24 takes time by the square of the
 * entries: for those of sixty longer than the driver waits for an answer.
 */
const [RECIPIENTS, CONTACT] = onFerretDb ? ['30', 'Lena Hansson'] : ['60', 'Siv Karlsson'];

describe('fok', () => {
  let municipality = '';
  let recipient = '';
  let episode = '';

  beforeAll(async () => {
    const simulated = await fok(
      'simulate',
      '--recipients',
      RECIPIENTS,
      '--from',
      '2022-07-01',
      '--to',
      '2025-12-31',
      '--seed',
      'cli',
      '--out',
      history,
    );
    expect(simulated).toMatchObject({ code: 0, out: '' });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('asks only where there is a register, and makes none by asking', async () => {
    const asked = await fok('report');
    expect(asked).toMatchObject({ code: 1, out: '' });
    expect(asked.err).toMatch(
      /^fok: there is no register .+; import a history first \(fok import FILE\), or name its folder with --data DIR\n$/,
    );
    expect(existsSync(data)).toBe(false);
  });

  it('import: tells without writing, then writes, then adds nothing twice, and sets wrong lines aside', async () => {
    const lines = readFileSync(history, 'utf8').trimEnd().split('\n');
    expect((await fok('import', history, '--dry-run')).out).toContain(
      `${lines.length} lines: ${lines.length} would be imported, 0 there already, 0 rejected`,
    );
    expect(existsSync(data)).toBe(false);
    expect((await fok('import', join(folder, 'nothing.ndjson'))).code).toBe(1);
    expect(existsSync(data)).toBe(false);

    const first = await fok('import', history, '--format', 'json');
    expect(JSON.parse(first.out)).toMatchObject({ lines: lines.length, imported: lines.length, rejected: 0 });
    writeFileSync(history, `${lines.join('\n')}\n{"no":"fact"}\n`);
    const again = await fok('import', history);
    expect(again.code).toBe(3);
    expect(again.out).toContain(`${lines.length + 1} lines: 0 imported, ${lines.length} there already, 1 rejected`);
    expect(again.out).toContain('INVALID: 1');
    expect(existsSync(`${history}.rejects.ndjson`)).toBe(true);
  });

  it('report: needs to know whose, and names them', async () => {
    const asked = await fok('report', '--on', '2025-12-01');
    expect(asked.code).toBe(2);
    municipality = /([0-9a-f-]{36}) .*kommun/.exec(asked.err)?.[1] ?? '';
    expect(municipality).not.toBe('');
  });

  it('report: as table, CSV and JSON with the same numbers; JSON can be made again', async () => {
    const args = ['report', '--on', '2025-12-01', '--controller', municipality];
    const [table, csv, json] = [
      await fok(...args),
      await fok(...args, '--format', 'csv'),
      await fok(...args, '--format', 'json'),
    ];
    const report = JSON.parse(json.out);
    expect(report.total.population).toBeGreaterThan(10);
    expect(csv.out).toContain(`;;Totalt;;${report.total.population};${report.total.accepted};`);
    expect(csv.out.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(csv.out).toMatch(/\r\n$/);
    expect(table.out).toMatch(new RegExp(`Totalt +│ +${report.total.population} `));
    const file = join(folder, 'report.json');
    writeFileSync(file, json.out);
    expect(await fok('report', '--reproduce', file)).toMatchObject({
      code: 0,
      out: expect.stringContaining('IDENTISK'),
    });
    const before = ({ followUpBreach: _since, ...counted }: Record<string, unknown>) => counted;
    const older = { ...report, rows: report.rows.map(before), total: before(report.total) };
    writeFileSync(file, JSON.stringify(older));
    const again = await fok('report', '--reproduce', file);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('IDENTISK') });
    expect(again.out).toContain(
      'Inte jämfört, eftersom måtten inte fanns när rapporten sparades: Uppföljning försenad.',
    );
    writeFileSync(file, JSON.stringify({ ...older, total: { ...older.total, planMet: -1 } }));
    expect(await fok('report', '--reproduce', file)).toMatchObject({ code: 1 });
    const early = await fok(...args, '--known-at', '2000-01-01T00:00:00Z', '--format', 'csv');
    expect(early.out.trimEnd()).toMatch(/;BEFORE_REGISTER$/);
    writeFileSync(file, JSON.stringify({ ...report, total: { ...report.total, accepted: 0 } }));
    expect(await fok('report', '--reproduce', file, '--format', 'json')).toMatchObject({
      code: 1,
      out: expect.stringContaining('"identical": false'),
    });
  });

  it('report --figure: as many as the figure says, and --compare tells what came in between', async () => {
    const args = ['--on', '2025-12-01', '--controller', municipality, '--format', 'json'];
    const { total, header } = JSON.parse((await fok('report', ...args)).out);
    const accepted = JSON.parse((await fok('report', '--figure', 'accepted', ...args)).out);
    expect(accepted.count).toBe(total.accepted);
    expect(accepted.episodes).toHaveLength(total.accepted);
    [{ recipient, episode }] = accepted.episodes;
    const compare = async (from: string) =>
      JSON.parse((await fok('report', '--compare', header.knownAt, from, ...args)).out);
    expect(await compare(header.knownAt)).toMatchObject({ figures: [], episodes: [] });
    const sinceEver = await compare('2020-01-01T00:00:00Z');
    expect(sinceEver.figures[0]).toMatchObject({ figure: 'population', from: 0, to: total.population });
    expect(sinceEver.episodes[0].entries.length).toBeGreaterThan(2);
  });

  it('report --from --to: the totals over time', async () => {
    const args = ['report', '--controller', municipality, '--from', '2025-10-01', '--to', '2025-12-01'];
    const { points } = JSON.parse((await fok(...args, '--format', 'json')).out);
    expect(points.map(({ on }: { on: string }) => on)).toEqual(['2025-10-01', '2025-11-01', '2025-12-01']);
    expect((await fok(...args, '--details')).out).toMatch(new RegExp(`2025-12-01 +│ +${points[2].total.population} `));
    expect((await fok('report', '--controller', municipality, '--from', '2025-10-01')).code).toBe(2);
  });

  it('find, units, today, due, load: what everyday work asks, by names', async () => {
    const { units } = JSON.parse((await fok('units', municipality, '--format', 'json')).out);
    const [{ unit, name }] = units;
    expect((await fok('units', municipality)).out).toContain(`${unit}  ${name} (`);
    const on = ['--on', '2025-12-01'];
    const today = await fok('today', unit, ...on);
    const { rows } = JSON.parse((await fok('today', unit, ...on, '--format', 'json')).out);
    expect(today.out).toContain(`${name} 2025-12-01: ${rows.length} omsorgsperioder`);
    expect(today.out).toContain(`(${rows[0].episode})`);
    expect(today.out).not.toContain(rows[0].recipient);
    const load = await fok('load', unit, ...on);
    expect(load.out).toMatch(/: ordinarie \d+, andra \d+, vice \d+/);
    const due = await fok('due', unit, '--from', '2025-12-01', '--to', '2026-03-01');
    expect(due.out).toContain(`${name} 2025-12-01 – 2026-03-01\n`);
    const { entries } = JSON.parse((await fok('timeline', recipient, '--format', 'json')).out);
    const registered = entries.find(({ type }: { type: string }) => type === 'RecipientRegistered').data;
    expect((await fok('find', registered.name)).out).toContain(`${recipient}  ${registered.name}`);
    expect((await fok('find', registered.identity.value)).out).toContain(`${recipient}  ${registered.name}`);
    expect((await fok('find', 'Finnsinte')).out).toBe('Ingen omsorgstagare hittades.\n');
  });

  it('timeline and replay: readable and as JSON', async () => {
    const timeline = JSON.parse((await fok('timeline', recipient, '--format', 'json')).out);
    // Of entries of one day the first is the one that a server took first.
    expect(timeline.entries).toContainEqual(
      expect.objectContaining({
        type: 'EmploymentStarted',
        staff: expect.objectContaining({ name: CONTACT }),
      }),
    );
    expect((await fok('timeline', recipient)).out).toContain('Fast omsorgskontakt erbjuden');
    const early = (await fok('timeline', recipient, '--known-at', '2000-01-01T00:00:00Z')).out;
    expect(early).toContain('OBS: Registret hade inte tagits i bruk vid kunskapstidpunkten');
    const accepted = timeline.entries.find(({ type }: { type: string }) => type === 'OfferAccepted');
    const step = await fok('replay', recipient, '--to', accepted.position, '--format', 'json');
    expect(JSON.parse(step.out)).toMatchObject({ event: { eventId: accepted.eventId } });
    const steps = (await fok('replay', recipient, '--format', 'json')).out.trimEnd().split('\n');
    expect(steps.map((line) => JSON.parse(line).event.position)).toEqual(
      timeline.entries
        .map(({ position }: { position: string }) => position)
        .sort((a: string, b: string) => Number(a) - Number(b)),
    );
    expect((await fok('replay', recipient, '--to', accepted.position)).out).toContain('Ändrat i bedömningen:');
  });

  it('compliance: of a recipient, of an episode, of all, on a day and over all time', async () => {
    const on = ['--on', '2025-12-01'];
    const ofRecipient = JSON.parse((await fok('compliance', recipient, ...on, '--format', 'json')).out);
    const ofEpisode = JSON.parse((await fok('compliance', episode, ...on, '--format', 'json')).out);
    expect(ofRecipient.episodes.find((one: { episode: string }) => one.episode === episode).rules).toEqual(
      ofEpisode.rules,
    );
    const all = (await fok('compliance', '--all', ...on)).out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(all.map((line) => line.episode)).toEqual(all.map((line) => line.episode).toSorted());
    expect(all.find((line) => line.episode === episode)).toEqual({
      episode,
      recipient,
      careForm: ofEpisode.careForm,
      unit: ofEpisode.unit,
      local: ofEpisode.local,
      rules: ofEpisode.rules,
    });
    const segments = JSON.parse((await fok('compliance', episode, '--segments', '--format', 'json')).out);
    expect(segments).toMatchObject({
      episode,
      recipient,
      segments: expect.arrayContaining([
        expect.objectContaining({ rule: 'OFFER', from: expect.any(String), evidence: expect.any(Array) }),
      ]),
    });
    expect((await fok('compliance', recipient, ...on)).out).toContain('OFFER Erbjudande');
    expect((await fok('compliance', recipient, '--segments')).out).toContain('OFFER Erbjudande');
  });

  it('rules: readable without a register', async () => {
    expect((await fok('rules', '--on', '2025-06-30')).out).toContain('4 kap. 2 b § socialtjänstlagen (2001:453)');
    expect(JSON.parse((await fok('rules', '--on', '2025-07-01', '--format', 'json')).out).rules).toHaveLength(25);
  });

  it.each([
    [['nonsense'], 2, /unknown command/],
    [['report', '--on', '2025-02-30'], 2, /no calendar day/],
    [['report', '--known-at', 'yesterday'], 2, /no instant/],
    [['report', '--figure', 'all'], 2, /Allowed choices/],
    [['timeline', 'anna'], 2, /no id/],
    [
      ['timeline', '00000000-0000-4000-8000-000000000000'],
      1,
      /^fok: Omsorgstagaren finns inte i registret\. .* \(UNKNOWN_RECIPIENT, kind recipient, id 00000000-0000-4000-8000-000000000000\)\n$/,
    ],
    [['compliance'], 2, /name a recipient or an episode/],
    [['simulate', '--recipients', '10', '--from', '2025-01-02', '--to', '2025-01-01', '--seed', '1'], 2, /^fok: /],
  ])('%j is refused with one clear line', async (args, code, message) => {
    const refused = await fok(...args);
    expect(refused.code).toBe(code);
    expect(refused.err).toMatch(message);
    expect(refused.err).not.toMatch(/\n\s+at /);
    expect(refused.out).toBe('');
  });
});
