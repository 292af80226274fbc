import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decide } from '../../src/access/decide.js';
import {
  type Asked,
  type Assigned,
  type PersonResource,
  type Resource,
  ROLES,
  type Role,
} from '../../src/access/model.js';
import { accessPolicy } from '../../src/access/policy-table.js';
import type { Caller } from '../../src/kernel/http/caller.js';
import type { HandledRoute } from '../../src/kernel/http/declared-routes.js';
import type { RouteAccess } from '../../src/kernel/http/route-access.js';
import { STYLESHEET } from '../../src/pages/html/assets.js';
import { PAGES } from '../../src/pages/pages-beside.js';
import {
  AccessServer,
  caller,
  EPISODE,
  grantOf,
  INSPECTION,
  NORTH,
  OTHER_TOWN,
  SOUTH,
  STAFF,
  TOLVAN,
  TOWN,
} from './access.harness.js';

/**
 * Every page is asked for by everybody, of what is hers, and answers as the table of access says: the same table that
 * decides, asked here about what this file knows of who is who, and nothing is written down by hand.
 */
const CALLERS: Readonly<Record<Role, Caller>> = {
  UNIT_MANAGER: caller('mia'),
  UNIT_DEPUTY: caller('deputy'),
  CARE_STAFF: caller('eva'),
  CONTACT: caller('kim'),
  SAS: caller('sas'),
  CASE_OFFICER: caller('officer'),
  AUDITOR: caller('ivo'),
  ADMIN: caller('admin'),
  INTEGRATION: caller('system'),
  RECIPIENT_DESK: caller('desk', { purpose: 'RECIPIENT_REQUEST' }),
};

function assigned(role: Role): Assigned[] {
  const of = (more: Partial<Assigned>, named: Role = role): Assigned => ({
    role: named,
    rule: 'GRANT',
    controller: TOWN,
    from: '2026-01-01',
    ...more,
  });
  switch (role) {
    case 'UNIT_MANAGER':
      return [of({ rule: 'MANAGES_UNIT', units: [NORTH] })];
    case 'UNIT_DEPUTY':
      return [of({ units: [SOUTH, NORTH] })];
    case 'CARE_STAFF':
      return [of({ rule: 'EMPLOYED_IN_UNIT', units: [NORTH] })];
    case 'CONTACT':
      return [
        of({ rule: 'IS_CONTACT', recipients: [TOLVAN] }),
        of({ rule: 'EMPLOYED_IN_UNIT', units: [SOUTH] }, 'CARE_STAFF'),
      ];
    case 'AUDITOR':
      return [of({ units: [NORTH], inspection: INSPECTION })];
    case 'INTEGRATION':
      return [of({ units: [NORTH, SOUTH] })];
    default:
      return [of({})];
  }
}

const place = (kind: 'unit' | 'staff' | 'controller' | 'list', more: { owner?: string; unit?: string }): Resource => ({
  kind,
  controllers: new Set(more.owner === undefined ? [] : [more.owner]),
  units: new Set(more.unit === undefined ? [] : [more.unit]),
  commissionedBy: new Set(),
});
const PERSON: PersonResource = {
  kind: 'person',
  recipients: new Set([TOLVAN]),
  controllers: new Set([TOWN]),
  units: new Set([NORTH]),
  everUnits: new Set([NORTH]),
  commissionedBy: new Set(),
  protected: { protection: 'NONE', formerSecret: false },
  glass: [],
};
const UNIT = place('unit', { owner: TOWN, unit: NORTH });
const MEMBER = place('staff', { owner: TOWN, unit: NORTH });
const OWNER = place('controller', { owner: TOWN });

/** What a page about something is about, and what it is about where its address names none and its fields do. */
const ABOUT: Readonly<
  Record<string, { readonly id?: string; readonly named: readonly Resource[]; readonly opened: readonly Resource[] }>
> = {
  recipient: { id: TOLVAN, named: [PERSON], opened: [OWNER] },
  'care-episode': { id: EPISODE, named: [PERSON], opened: [PERSON, UNIT] },
  unit: { id: NORTH, named: [UNIT], opened: [OWNER] },
  staff: { id: STAFF.eva, named: [MEMBER], opened: [UNIT] },
  controller: { id: TOWN, named: [OWNER], opened: [place('list', {})] },
  policy: { id: TOWN, named: [OWNER], opened: [place('list', {})] },
  grant: { id: grantOf('SAS sas'), named: [OWNER], opened: [OWNER] },
  inspection: { id: INSPECTION, named: [OWNER], opened: [OWNER] },
  entry: { named: [PERSON], opened: [] },
  list: { named: [], opened: [place('list', { owner: TOWN })] },
  'saved-report': { named: [], opened: [place('list', {})] },
  register: { named: [], opened: [place('list', {})] },
  self: { named: [], opened: [place('list', {})] },
};
const ANY_ID = '00000009-0000-4000-8000-000000000009';
const TABLE = new Set(accessPolicy.rows.flatMap(({ actions }) => [...actions]));
const actionsLike = (start: string): string[] => [...TABLE].filter((action) => action.startsWith(start));

/** What a page asks for; the entry that is tried is the start of an episode. */
function askedBy({ path, access }: Page, row: string): Asked {
  const about = ABOUT[access.about];
  if (!about) throw new Error(`this test knows no ${access.about}`);
  const resources = /:(id|event)\b/.test(path) ? about.named : about.opened;
  const of = (actions: string[], family: string[]): Asked => ({ actions, family, resources, found: true });
  if (access.about !== 'entry') return of([row], [row]);
  if (access.act === 'READ' && row === 'entry.read') return of([row], actionsLike('entry.'));
  return of(['step.StartEpisode', ...(row === 'step.DisputeEntry' ? [row] : [])], actionsLike('step.'));
}

/** The answers that the table lets a page give. */
function expected(page: Page, role: Role | undefined): readonly number[] {
  const SHOWN = [200, 302];
  const subject = role && { level: 3 as const, staff: [], roles: assigned(role) };
  for (const row of [page.access.row, ...(page.access.also ?? [])]) {
    const { purpose } = CALLERS[role ?? 'SAS'];
    const context = { now: '2026-11-22T08:00:00.000Z', purpose, narrowings: new Map() };
    const verdict = decide(accessPolicy, subject, askedBy(page, row), context);
    if (!verdict.allow)
      return subject === undefined ? [401] : [{ NOT_ALLOWED: 403, NOT_THERE: 404, LEVEL_TOO_LOW: 403 }[verdict.why]];
  }
  return SHOWN;
}

interface Page extends HandledRoute {
  readonly access: RouteAccess;
}

describe('every page, by every role', () => {
  let server: AccessServer;
  let pages: readonly Page[];
  let entry: string;
  let position: string;

  beforeAll(async () => {
    server = await AccessServer.startWithEachRoleAlone();
    const [started] = await server.register.log.readStream(`careEpisode-${EPISODE}`);
    [entry, position] = [started!.id, String(started!.position)];
    const beginnings = new Set(PAGES.routes.map((route) => route.split('/')[0]));
    pages = server.routes.filter(
      (route): route is Page => beginnings.has(route.path.split('/')[0]) && route.access !== undefined,
    );
  });
  afterAll(() => server.close());

  const callOf = ({ path, access }: Page): string => {
    const address = path
      .replace(':id', ABOUT[access.about]?.id ?? ANY_ID)
      .replace(':event', entry)
      .replace(':figure', 'population')
      .replace(':name', STYLESHEET.name)
      .replaceAll(/:\w+/g, ANY_ID);
    const query = new URLSearchParams({
      ...(path.startsWith('tillsyn') ? { controller: TOWN } : {}),
      ...(path.startsWith('registrera') && !path.includes(':')
        ? { controller: TOWN, unit: NORTH, recipient: TOLVAN }
        : {}),
      ...(path.endsWith('steg-for-steg') ? { plats: position } : {}),
    });
    return `/${address}${query.size === 0 ? '' : `?${query.toString()}`}`;
  };

  const statusOf = async (page: Page, who: Caller | undefined): Promise<number> => {
    const answer = await fetch(`${server.url}${callOf(page)}`, {
      method: page.method,
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        ...(who ? { 'x-test-caller': encodeURIComponent(JSON.stringify(who)) } : {}),
      },
      // What is decided must not depend on what is written: an empty form.
      ...(page.method === 'POST'
        ? { body: new URLSearchParams({ controller: TOWN, unit: NORTH, recipient: TOLVAN }) }
        : {}),
    });
    await answer.arrayBuffer();
    return answer.status;
  };

  it.each([undefined, ...ROLES])('answers %s as the table says', async (role) => {
    expect(pages.length).toBeGreaterThan(100);
    const wrong: string[] = [];
    for (const page of pages) {
      const status = await statusOf(page, role && CALLERS[role]);
      const wanted = expected(page, role);
      if (!wanted.includes(status))
        wrong.push(`${page.method} ${callOf(page)} (${page.access.row}): ${status}, not ${wanted.join(' or ')}`);
    }
    expect(wrong).toEqual([]);
  });

  it('shows no document of another controller, however often and with what blanks it is named', async () => {
    const sas = encodeURIComponent(JSON.stringify(CALLERS['SAS']));
    const document = async (query: string): Promise<number> =>
      (await fetch(`${server.url}/tillsyn/dokument?${query}`, { headers: { 'x-test-caller': sas } })).status;
    expect(await document(`controller=${TOWN}`)).toBe(200);
    for (const named of [OTHER_TOWN, `${OTHER_TOWN}&controller=${TOWN}`, `%20${OTHER_TOWN}`])
      expect(await document(`controller=${named}`)).toBe(404);
  });
});
