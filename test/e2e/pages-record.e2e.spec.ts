import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../src/kernel/http/caller.js';
import { AccessServer, AWAY, BO, caller, EPISODE, NORTH, SOUTH, STAFF, TODAY, TOLVAN, TOWN } from './access.harness.js';

interface Filled {
  readonly action: string;
  readonly fields: URLSearchParams;
}

/** A form as a browser would send it unchanged: what it holds, and where it goes. */
function formIn(html: string): Filled {
  const [, action = '', inner = ''] =
    /<form class="panel" method="post" action="([^"]*)"[^>]*>(.*?)<\/form>/s.exec(html) ?? [];
  const fields = new URLSearchParams();
  for (const [tag] of inner.matchAll(/<input[^>]*>/g)) {
    const [, name] = /name="([^"]*)"/.exec(tag) ?? [];
    const [, value = ''] = /value="([^"]*)"/.exec(tag) ?? [];
    const chosen = !/type="(radio|checkbox)"/.test(tag) || / checked/.test(tag);
    if (name !== undefined && chosen) fields.append(name, value);
  }
  return { action, fields };
}

const said = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('the forms, by somebody who has signed in', () => {
  let server: AccessServer;
  const mia = caller('mia');
  const page = (who: Caller, url: string) =>
    fetch(`${server.url}${url}`, {
      headers: { accept: 'text/html', 'x-test-caller': encodeURIComponent(JSON.stringify(who)) },
      redirect: 'manual',
    });
  const open = async (url: string): Promise<Filled> => formIn(await (await page(mia, url)).text());
  const send = async (who: Caller, { action, fields }: Filled, more: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams(fields);
    for (const [name, value] of Object.entries(more)) body.set(name, value);
    const answer = await fetch(`${server.url}${action}`, {
      method: 'POST',
      headers: { accept: 'text/html', 'x-test-caller': encodeURIComponent(JSON.stringify(who)) },
      body,
      redirect: 'manual',
    });
    return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() };
  };
  const entriesOf = async (episode: string) => (await server.register.log.readStream(`careEpisode-${episode}`)).length;
  const OFFER = `/registrera/fast-omsorgskontakt-erbjuden/${EPISODE}`;

  beforeAll(async () => {
    server = await AccessServer.start();
  });
  afterAll(() => server.close());

  it('say what a choice does before anything is saved, and then save it', async () => {
    const form = await open(OFFER);
    const before = await entriesOf(EPISODE);
    const tried = await send(mia, form, { by: STAFF.eva, effectiveOn: TODAY, gor: 'visa' });
    expect(tried.status).toBe(200);
    expect(said(tried.html)).toMatch(
      /Det här gör ditt val .* Lagen .*Erbjudande: uppfyllt .*Den står kvar i historiken/,
    );
    expect(await entriesOf(EPISODE)).toBe(before);

    const saved = await send(mia, formIn(tried.html), { by: STAFF.eva, gor: 'spara' });
    expect([saved.status, saved.location]).toEqual([303, expect.stringMatching(`^/personer/${TOLVAN}#h-\\d+$`)]);
    expect(await entriesOf(EPISODE)).toBe(before + 1);
    const shown = await (await page(mia, `/personer/${TOLVAN}`)).text();
    expect(shown).toContain('Fast omsorgskontakt erbjuden');
    // The same sent again, as by a second click, is the same step.
    const again = await send(mia, formIn(tried.html), { by: STAFF.eva, gor: 'spara' });
    expect([again.status, await entriesOf(EPISODE)]).toEqual([303, before + 1]);
  });

  it('keep what was typed and name what is wrong, first of all and beside the field', async () => {
    const form = await open(`/registrera/fast-omsorgskontakt-utsedd/${EPISODE}`);
    const wrong = await send(mia, form, { considerations: 'Talar <finska>', effectiveOn: 'i går', gor: 'spara' });
    expect(wrong.status).toBe(200);
    expect(wrong.html).toContain('<title>Fel: Fast omsorgskontakt utsedd');
    expect(said(wrong.html)).toContain('Tre uppgifter behöver rättas');
    for (const link of ['#f-role', '#f-staff', '#f-effectiveOn']) expect(wrong.html).toContain(`href="${link}"`);
    expect(wrong.html).toContain('Talar &lt;finska></textarea>');
    expect(wrong.html).toContain('value="i går"');
  });

  it('show what somebody else wrote meanwhile, and let one choose', async () => {
    const form = await open(`/registrera/information-om-fast-omsorgskontakt-lamnad/${EPISODE}`);
    await server.record(
      `careEpisode-${EPISODE}`,
      'CareEpisodePaused',
      { cause: 'HOSPITAL' },
      { effectiveOn: TODAY, subject: TOLVAN },
    );
    await server.settled();
    const before = await entriesOf(EPISODE);
    const met = await send(mia, form, { form: 'PHONE', effectiveOn: TODAY, gor: 'spara' });
    expect(said(met.html)).toMatch(/Någon annan skrev medan du höll på .*Uppehåll påbörjat.*Ditt val är inte sparat/);
    expect(said(met.html)).toContain('Om du sparar ändå');
    expect(await entriesOf(EPISODE)).toBe(before);
    const anyway = await send(mia, formIn(met.html), { gor: 'spara' });
    expect([anyway.status, await entriesOf(EPISODE)]).toEqual([303, before + 1]);
  });

  it('ask why something is recorded so late, once', async () => {
    const before = await entriesOf(EPISODE);
    const form = await open(`/registrera/risker-i-hemmet-bedomda/${EPISODE}`);
    const asked = await send(mia, form, { effectiveOn: '2026-03-01', gor: 'spara' });
    expect(said(asked.html)).toContain('Varför registreras det så sent?');
    expect(await entriesOf(EPISODE)).toBe(before);
    const saved = await send(mia, formIn(asked.html), { lateReason: 'Låg i en pärm', gor: 'spara' });
    expect([saved.status, await entriesOf(EPISODE)]).toEqual([303, before + 1]);
  });

  it('put an entry right, and let what was wrong stand', async () => {
    const entries = await server.register.log.readStream(`careEpisode-${EPISODE}`);
    const risk = entries.find(({ type }) => type === 'HomeRiskAssessed')?.id ?? '';
    const form = await open(`/registrera/rattelse-av-tidigare-uppgift/${risk}`);
    expect(form.fields.get('effectiveOn')).toBe('2026-03-01');
    const saved = await send(mia, form, { effectiveOn: '2026-03-02', reason: 'Fel dag', gor: 'spara' });
    expect(saved.status).toBe(303);
    const shown = said(await (await page(mia, `/personer/${TOLVAN}?dag=${TODAY}`)).text());
    expect(shown).toContain('Dag stod som 1 mars 2026 , rätt är 2 mars 2026');
  });

  it('open what does not exist yet', async () => {
    const form = await open(
      `/registrera/medarbetare-registrerad?unit=${NORTH}&controller=00000001-0000-4000-8000-000000000001`,
    );
    const saved = await send(mia, form, {
      unit: NORTH,
      controller: '00000001-0000-4000-8000-000000000001',
      name: 'Nya Nilsson',
      gor: 'spara',
    });
    expect([saved.status, saved.location]).toEqual([303, expect.stringMatching(/^\/personal\/[0-9a-f-]{36}$/)]);
    expect(await (await page(mia, saved.location ?? '')).text()).toContain('Nya Nilsson');
  });

  it('adopt the first rules of a controller, and the next', async () => {
    const sas = caller('sas');
    const url = `/registrera/lokala-riktlinjer-for-atkomst-antagna/${TOWN}`;
    for (const day of ['2026-11-20', '2026-11-21']) {
      const form = formIn(await (await page(sas, url)).text());
      const saved = await send(sas, form, { effectiveOn: day, gor: 'spara' });
      expect([saved.status, saved.location]).toEqual([303, '/regler']);
      await server.settled();
    }
    expect(await server.register.log.readStream(`policy-${TOWN}`)).toHaveLength(2);
    // A form without the entry on which it was drawn saves nothing over what it has not seen.
    const { action } = formIn(await (await page(sas, url)).text());
    const blind = await send(sas, { action, fields: new URLSearchParams() }, { effectiveOn: TODAY, gor: 'spara' });
    expect(blind.status).toBe(200);
    expect(await server.register.log.readStream(`policy-${TOWN}`)).toHaveLength(2);
  });

  it('ask for the unit where it was forgotten, and decide on the one that is recorded', async () => {
    const form = await open(`/registrera/omsorgsperiod-paborjad?recipient=${TOLVAN}`);
    const forgotten = await send(mia, form, { gor: 'spara' });
    expect([forgotten.status, said(forgotten.html)]).toEqual([200, expect.stringContaining('behöver rättas')]);
    const twice = new URLSearchParams({ recipient: TOLVAN, unit: AWAY, gor: 'spara' });
    twice.append('unit', NORTH);
    expect((await send(mia, { action: form.action, fields: twice }, {})).status).toBe(404);
  });

  it('obey the table of access as the API does', async () => {
    const kim = caller('kim');
    for (const [who, url, asked] of [
      [mia, `/enheter/${SOUTH}`, `/units/${SOUTH}/current`],
      [mia, `/enheter/${NORTH}/personal`, `/units/${NORTH}/staff`],
      [mia, `/personer/${BO}`, `/recipients/${BO}/timeline`],
      [kim, `/personer/${TOLVAN}`, `/recipients/${TOLVAN}/timeline`],
      [kim, `/enheter/${NORTH}/personal`, `/units/${NORTH}/staff`],
      [caller('admin'), `/personer/${TOLVAN}`, `/recipients/${TOLVAN}/timeline`],
      [caller('ivo'), `/enheter/${NORTH}`, `/units/${NORTH}/current`],
      [caller('nobody'), `/enheter/${NORTH}`, `/units/${NORTH}/current`],
    ] as const)
      expect([url, (await page(who, url)).status]).toEqual([url, (await server.get(who, asked)).status]);
    expect((await page(kim, `/registrera/fast-omsorgskontakt-utsedd/${EPISODE}`)).status).toBe(403);
    // Who may read the history and not the judgement is not shown both on one page.
    const desk = caller('desk', { purpose: 'RECIPIENT_REQUEST' });
    expect((await server.get(desk, `/recipients/${TOLVAN}/timeline`)).status).toBe(200);
    for (const url of [`/personer/${TOLVAN}`, `/personer/${TOLVAN}/da-och-nu`])
      expect([url, (await page(desk, url)).status]).toEqual([url, 403]);
  });

  it('lead each to what needs her', async () => {
    const home = async (who: Caller) => (await page(who, '/')).headers.get('location');
    expect(await home(mia)).toBe(`/att-gora/${NORTH}`);
    expect(await home(caller('sas'))).toBe('/tillsyn');
    expect(await home(caller('ivo'))).toBe('/inspektion');
    expect(await home(caller('admin'))).toBe('/drift');
    expect(await (await page(caller('nobody'), '/')).text()).toContain('saknar uppdrag');
  });
});
