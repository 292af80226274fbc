import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AccessServer,
  AWAY,
  BO,
  caller,
  EPISODE,
  FAR,
  grantOf,
  HIDDEN,
  HIRED,
  NORTH,
  OTHER_TOWN,
  SOUTH,
  STAFF,
  TOLVAN,
  TOWN,
} from './access.harness.js';

const UNKNOWN = '00000004-0000-4000-8000-999999999999';
const DRY = '?dryRun=true';

describe('what a command names in its body', () => {
  let server: AccessServer;
  beforeAll(async () => {
    server = await AccessServer.start();
  });
  afterAll(() => server.close());

  const entryOf = async (stream: string, type: string) => {
    const found = (await server.register.log.readStream(stream)).find((entry) => entry.type === type);
    if (!found) throw new Error(`${stream} has no ${type}`);
    return { stream, id: found.id, data: (await server.register.log.open([found]))[0]?.data ?? {} };
  };
  type Entry = Awaited<ReturnType<typeof entryOf>>;
  type Who = Parameters<typeof caller>[0];
  const told = ({ status, body }: { status: number; body: Readonly<Record<string, unknown>> }): string =>
    status < 400 ? String(status) : `${status} ${String(body['code'])}`;
  const correct = async (who: Who, entry: Entry, right: Record<string, unknown>) => {
    const data = { ...entry.data, ...right };
    return told(
      await server.post(caller(who), `/entries/${entry.id}/correction${DRY}`, { reason: 'x', data }, entry.stream),
    );
  };
  const move = async (who: Who, path: string, unit: string, stream: string) =>
    told(await server.post(caller(who), `${path}${DRY}`, { unit }, stream));

  it('is no way to a person out of reach: a correction that names her is answered as for whom nobody knows', async () => {
    const started = await entryOf(`careEpisode-${EPISODE}`, 'CareEpisodeStarted');
    for (const person of [BO, FAR, HIDDEN, UNKNOWN])
      expect([person, await correct('mia', started, { recipient: person })]).toEqual([person, '404 UNKNOWN_RECIPIENT']);
    expect(await correct('mia', started, { recipient: TOLVAN, services: ['CLEANING'] })).toBe('200');
    expect(await correct('officer', started, { recipient: BO })).toBe('200');
    expect(await correct('officer', started, { recipient: FAR })).toBe('404 UNKNOWN_RECIPIENT');
  });

  it('nor in a correction of the correction', async () => {
    const started = await entryOf(`careEpisode-${EPISODE}`, 'CareEpisodeStarted');
    const right = { ...started.data, services: ['CLEANING'] };
    const sent = { reason: 'x', data: right };
    const first = await server.post(caller('mia'), `/entries/${started.id}/correction`, sent, started.stream);
    const entry = { stream: started.stream, id: String(first.body['eventId']), data: {} };
    const again = (data: object) => correct('mia', entry, { corrects: started.id, reason: 'x', data });
    expect(await again({ ...right, recipient: BO })).toBe('404 UNKNOWN_RECIPIENT');
    expect(await again({ ...right, services: ['MEALS'] })).toBe('200');
  });

  it('moves people and employees within what their controller has, and to nobody else', async () => {
    const episode = `/care-episodes/${EPISODE}/unit-moves`;
    const staff = `/staff/${STAFF.eva}/unit-moves`;
    const [to, of] = [`careEpisode-${EPISODE}`, `staff-${STAFF.eva}`];
    expect([await move('mia', episode, SOUTH, to), await move('mia', episode, HIRED, to)]).toEqual(['200', '200']);
    expect(await move('mia', staff, SOUTH, of)).toBe('200');
    for (const unit of [AWAY, UNKNOWN]) {
      expect(await move('mia', episode, unit, to)).toBe('404 UNKNOWN_UNIT');
      expect(await move('mia', staff, unit, of)).toBe('404 UNKNOWN_UNIT');
      const started = await entryOf(to, 'CareEpisodeStarted');
      expect(await correct('mia', started, { unit })).toBe('404 UNKNOWN_UNIT');
    }
    expect(await move('mia', staff, HIRED, of)).toBe('404 UNKNOWN_UNIT');
  });

  it('gives no role at another controller, and for none of its units', async () => {
    const deputy = await entryOf(`grant-${grantOf('UNIT_DEPUTY deputy')}`, 'RoleGranted');
    expect(await correct('admin', deputy, { controller: OTHER_TOWN })).toBe('404 UNKNOWN_CONTROLLER');
    expect(await correct('admin', deputy, { units: [SOUTH, AWAY] })).toBe('404 UNKNOWN_UNIT');
    expect(await correct('admin', deputy, { units: [HIRED] })).toBe('404 UNKNOWN_UNIT');
    expect(await correct('admin', deputy, { units: [SOUTH, NORTH] })).toBe('200');
  });

  it('takes no person to the register of another', async () => {
    const registered = await entryOf(`recipient-${TOLVAN}`, 'RecipientRegistered');
    expect(await correct('officer', registered, { controller: OTHER_TOWN })).toBe('404 UNKNOWN_CONTROLLER');
    expect(await correct('officer', registered, { controller: TOWN, name: 'Tolvan' })).toBe('200');
  });

  it('lets nobody work where she says herself', async () => {
    expect(await move('mia', `/staff/${STAFF.mia}/unit-moves`, SOUTH, `staff-${STAFF.mia}`)).toBe('403 OWN_ACCESS');
  });

  it('makes no report of another controller again, wherever in the body it is named', async () => {
    const { body: saved } = await server.get(caller('sas'), `/reports/supervision?controller=${TOWN}`);
    const again = async (who: Who, body: unknown) =>
      told(await server.post(caller(who), '/reports/reproductions', body));
    const of = (controller: string, unit?: string) => ({
      ...saved,
      header: { ...(saved['header'] as object), controller, ...(unit === undefined ? {} : { unit }) },
    });
    expect(await again('sas', saved)).toBe('200');
    expect(await again('mia', of(TOWN, NORTH))).toBe('200');
    expect(await again('mia', of(TOWN, SOUTH))).toBe('404 UNKNOWN_UNIT');
    for (const controller of [OTHER_TOWN, UNKNOWN])
      for (const body of [of(controller), { ...of(controller), report: JSON.stringify(saved) }])
        expect(await again('sas', body)).toBe('404 UNKNOWN_CONTROLLER');
    const hidden = { ...saved, report: JSON.stringify(of(OTHER_TOWN)) };
    expect(await again('sas', hidden)).toBe('404 UNKNOWN_CONTROLLER');
  });

  it('makes the report of a whole controller again without the units out of reach, and says so', async () => {
    const { body: saved } = await server.get(caller('sas'), `/reports/supervision?controller=${TOWN}`);
    const { body: made } = await server.post(caller('mia'), '/reports/reproductions', saved);
    const { identical, causes, report } = made;
    expect([identical, (causes as { code: string }[]).map(({ code }) => code)]).toEqual([false, ['OUT_OF_REACH']]);
    expect((report as { rows: { unit: string }[] }).rows.map(({ unit }) => unit)).toEqual([NORTH]);
  });
});
