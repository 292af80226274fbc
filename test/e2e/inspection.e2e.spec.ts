import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AccessServer,
  BO,
  caller,
  grantOf,
  HIDDEN,
  INSPECTION,
  NORTH,
  OTHER_TOWN,
  STAFF,
  TOLVAN,
  TOWN,
} from './access.harness.js';

const ROOT = 'ab'.repeat(32);
const ANOTHER = '0000000f-0000-4000-8000-000000000002';
const UNKNOWN = '0000000f-0000-4000-8000-000000000009';

/** As docs/reference/inspection-sample.md says it. */
function redone(inspection: string, persons: readonly string[]): string[] {
  const rank = (id: string): string =>
    createHash('sha256').update(`fok:inspection-sample:v1\0${ROOT}\0${inspection}\0${id}\0`).digest('hex');
  return [...persons].sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
}

describe('an inspection', () => {
  let server: AccessServer;
  const page = async (who: Parameters<typeof caller>[0], path: string) => {
    const answer = await fetch(`${server.url}${path}`, {
      redirect: 'manual',
      headers: { accept: 'text/html', 'x-test-caller': encodeURIComponent(JSON.stringify(caller(who))) },
    });
    return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() };
  };
  const sampled = async (inspection: string, query = '') => {
    const { body } = await server.get(caller('sas'), `/inspections/${inspection}/sample${query}`);
    return body['sample'] as { population: number; persons: { recipient: string }[]; withheld: number } | undefined;
  };

  beforeAll(async () => {
    server = await AccessServer.start();
    await server.record(
      `inspection-${ANOTHER}`,
      'InspectionOpened',
      { authority: 'JO', caseNumber: 'JO 7-2026', controller: TOWN, validTo: '2026-11-30' },
      { effectiveOn: '2026-11-01' },
    );
    await server.settled();
  });
  afterAll(() => server.close());

  it('has no sample before its opening is under a checkpoint, and says so', async () => {
    const { status, body } = await server.get(caller('ivo'), `/inspections/${INSPECTION}/sample`);
    expect([status, body['sample']]).toEqual([200, undefined]);
    expect(body['goesOn']).toMatchObject({ caseNumber: '3.5.1-1/2026', units: [NORTH], to: '2026-11-30' });
    expect((await page('ivo', `/inspektion/${INSPECTION}`)).text).toContain('Någon sådan finns inte än');
  });

  describe('whose opening is under a checkpoint', () => {
    beforeAll(async () => {
      const last = String(await server.register.head());
      const at = (day: string, position: string, root: string) => ({
        size: Number(position),
        root,
        lastPosition: position,
        at: `2026-11-${day}T08:00:00.000Z`,
      });
      server.register.evidence.show(
        () => ({ signs: true, sealed: Number(last), witnesses: [] }),
        // One from before it was opened, the first over it, and one after that.
        () => [at('01', '1', 'cd'.repeat(32)), at('20', last, ROOT), at('22', last, 'ef'.repeat(32))],
      );
      // Who comes after the checkpoint cannot be drawn.
      await server.record('recipient-00000004-0000-4000-8000-000000000077', 'RecipientRegistered', {
        controller: TOWN,
        identity: { type: 'RESERVE', value: 'R-77', issuer: 'kommunen' },
        name: 'Ny Ny',
        protection: 'NONE',
      });
      await server.record(
        'careEpisode-00000005-0000-4000-8000-000000000077',
        'CareEpisodeStarted',
        {
          recipient: '00000004-0000-4000-8000-000000000077',
          unit: NORTH,
          careForm: 'HOME_CARE',
          legalGround: 'SOL_NEEDS_ASSESSED',
          services: ['PERSONAL_CARE'],
        },
        { subject: '00000004-0000-4000-8000-000000000077' },
      );
      await server.settled();
    });

    it('has the sample that anybody reckons from the first checkpoint over it', async () => {
      const { population, persons, withheld } = (await sampled(INSPECTION))!;
      expect([population, withheld]).toEqual([2, 0]);
      expect(persons.map(({ recipient }) => recipient)).toEqual(redone(INSPECTION, [TOLVAN, HIDDEN]));
      expect((await sampled(INSPECTION, '?size=1'))?.persons).toEqual(persons.slice(0, 1));
      const whole = (await sampled(ANOTHER))!;
      expect(whole.persons.map(({ recipient }) => recipient).filter((id) => [TOLVAN, BO, HIDDEN].includes(id))).toEqual(
        redone(ANOTHER, [TOLVAN, BO, HIDDEN]),
      );
    });

    it('shows its inspector the case, the days left, the sample without protected names, and no other case', async () => {
      expect((await page('ivo', '/inspektion')).location).toBe(`/inspektion/${INSPECTION}`);
      const { status, text } = await page('ivo', `/inspektion/${INSPECTION}`);
      expect(status).toBe(200);
      for (const words of [
        '3.5.1-1/2026',
        '8 dagar kvar',
        'Slumpat urval: 2 av 2',
        'Person 001',
        'Skyddade uppgifter',
        ROOT,
      ])
        expect(text).toContain(words);
      expect(text).not.toContain('Person 003');
      for (const unseen of [ANOTHER, UNKNOWN]) {
        expect((await page('ivo', `/inspektion/${unseen}`)).status).toBe(404);
        expect(await server.answer(caller('ivo'), `/inspections/${unseen}/sample`)).toBe('404 UNKNOWN_INSPECTION');
      }
      expect((await page('ivo', `/inspektion/${INSPECTION}?antal=51`)).status).toBe(400);
    });

    it('withholds who is protected from everybody, and says how many', async () => {
      await server.record(`recipient-${HIDDEN}`, 'RecipientProtectionChanged', {
        protection: 'PROTECTED_REGISTRATION',
      });
      await server.settled();
      const { body } = await server.get(caller('ivo'), `/inspections/${INSPECTION}/sample`);
      expect(body['sample']).toMatchObject({ population: 2, withheld: 1, persons: [{ recipient: TOLVAN }] });
      const { text } = await page('ivo', `/inspektion/${INSPECTION}`);
      expect(text).toContain('En person i urvalet har skyddade uppgifter');
      expect(text).not.toContain(HIDDEN);
    });

    it('is listed to who opens and closes them, with the ways to do so', async () => {
      const { text } = await page('sas', '/inspektion');
      for (const words of ['3.5.1-1/2026', 'JO 7-2026', `/registrera/granskning-avslutad/${INSPECTION}`])
        expect(text).toContain(words);
      const open = /href="(\/registrera\/granskning-oppnad[^"]*)"/.exec(text)?.[1] ?? '';
      expect((await page('sas', open)).status).toBe(200);
      expect((await page('sas', `/registrera/granskning-avslutad/${INSPECTION}`)).status).toBe(200);
      expect((await page('mia', '/inspektion')).status).toBe(403);
    });

    it('is listed elsewhere only to who inspects it, whatever she may at home', async () => {
      const [theirs, unseen] = ['0000000f-0000-4000-8000-000000000003', '0000000f-0000-4000-8000-000000000004'];
      for (const [inspection, caseNumber] of [
        [theirs, 'JO 8-2026'],
        [unseen, 'JO 9-2026'],
      ] as const)
        await server.record(
          `inspection-${inspection}`,
          'InspectionOpened',
          { authority: 'JO', caseNumber, controller: OTHER_TOWN, validTo: '2026-11-30' },
          { effectiveOn: '2026-11-01', controller: OTHER_TOWN },
        );
      await server.record(
        `grant-${grantOf('AUDITOR sas')}`,
        'RoleGranted',
        {
          holder: { staff: STAFF.sas },
          role: 'AUDITOR',
          controller: OTHER_TOWN,
          inspection: theirs,
          validTo: '2026-11-30',
          reason: 'x',
        },
        { controller: OTHER_TOWN },
      );
      await server.settled();
      const { text } = await page('sas', '/inspektion');
      for (const seen of ['3.5.1-1/2026', 'JO 7-2026', 'JO 8-2026']) expect(text).toContain(seen);
      expect(text).not.toContain('JO 9-2026');
      const opening = [...text.matchAll(/href="\/registrera\/granskning-oppnad\?([^"]*)"/g)].map(([, query]) => query);
      expect(opening).toEqual([expect.stringContaining(TOWN)]);
    });

    it('is led to by nobody whose grant or case is over', async () => {
      server.clock.set('2026-12-01T08:00:00.000Z');
      expect((await page('ivo', `/inspektion/${INSPECTION}`)).status).toBe(403);
      expect((await page('sas', `/inspektion/${INSPECTION}`)).text).toContain('Inspektionen pågår inte');
    });
  });
});
