import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf, Story } from './answers-story.js';

/** Strings that have become markup, script or style somewhere. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onfocus='alert(1)' autofocus='",
  '</title><svg onload=alert(1)>',
  '<style>*{display:none}</style>',
  '{{constructor.constructor("alert(1)")()}}',
  'javascript:alert(1)',
  '<!--',
  ']]>',
  '&lt;b&gt;',
  '\u202egnirts\u202c',
  '<a href="javascript:alert(1)">Anna</a>',
  'Å\u0301sa\u0000'.replace('\u0000', ''),
];

const TODAY = '2026-01-15';

/** Every tag of a document with its attributes: what people wrote can only be text, whose `<` stands escaped. */
function tagsIn(html: string): readonly { readonly tag: string; readonly attributes: readonly string[] }[] {
  return [...html.matchAll(/<([a-zA-Z][\w-]*)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*\/?>/g)].map(
    ([, tag = '', rest = '']) => ({
      tag,
      attributes: [...rest.matchAll(/\s+([^\s=>/]+)(?:="[^"]*")?/g)].map(([, name = '']) => name),
    }),
  );
}

describe('the pages that read', () => {
  let story: Story;
  const pages: readonly string[] = [
    '/',
    `/att-gora/${idOf('öst')}`,
    '/enheter',
    `/enheter/${idOf('öst')}`,
    `/enheter/${idOf('öst')}/forfaller`,
    `/enheter/${idOf('öst')}/personal`,
    ...HOSTILE.map((_, at) => `/personer/${idOf(`person ${at}`)}`),
    '/regler',
    '/hjalp',
    '/tillganglighet',
    '/drift',
  ];
  const get = (url: string, accept = 'text/html') => story.app.inject({ method: 'GET', url, headers: { accept } });

  beforeAll(async () => {
    story = await Story.begin(`${TODAY}T08:00:00.000Z`);
    await story.tell('controller-kommunen', 'ControllerRegistered', '2020-01-01', {
      name: HOSTILE[0],
      kind: 'MUNICIPAL',
      orgNumber: '212000-0142',
    });
    await story.tell('unit-öst', 'UnitOpened', '2020-01-01', {
      controller: idOf('kommunen'),
      name: HOSTILE[1],
      careForms: ['HOME_CARE'],
    });
    for (const [at, words] of HOSTILE.entries()) {
      const [person, episode, staff] = [`person ${at}`, `omsorg ${at}`, `sara ${at}`];
      await story.tell(`staff-${staff}`, 'StaffRegistered', '2020-01-01', {
        controller: idOf('kommunen'),
        unit: idOf('öst'),
        name: words,
      });
      const about = { about: person };
      await story.tell(`recipient-${person}`, 'RecipientRegistered', '2025-01-01', {
        controller: idOf('kommunen'),
        identity: { type: 'RESERVE', value: `R${at}`, issuer: words },
        name: words,
        protection: 'NONE',
      });
      const tell = (type: string, on: string, data: Record<string, unknown>, more = {}) =>
        story.tell(`careEpisode-${episode}`, type, on, data, { ...about, ...more });
      await tell('CareEpisodeStarted', '2025-02-01', {
        recipient: idOf(person),
        unit: idOf('öst'),
        careForm: 'HOME_CARE',
        legalGround: 'SOL_NEEDS_ASSESSED',
        services: ['PERSONAL_CARE'],
      });
      await tell(
        'ContactOffered',
        '2025-02-05',
        { offer: idOf(`offer ${at}`), by: idOf(staff) },
        { lateReason: words },
      );
      const no = await tell('OfferDeclined', '2025-02-06', {
        offer: idOf(`offer ${at}`),
        answeredBy: 'RECIPIENT',
        reasonText: words,
      });
      await tell('EntryDisputed', '2025-02-07', { event: no, statement: words });
      await tell('EntryCorrected', '2025-02-08', { corrects: no, reason: words, effectiveOn: '2025-02-09' });
      await tell('ConsentGiven', '2025-03-01', {
        consent: idOf(`consent ${at}`),
        person: words,
        relation: words,
        scope: ['INFORM'],
      });
      await tell('ContactAssigned', '2025-04-01', {
        assignment: idOf(`assignment ${at}`),
        role: 'PRIMARY',
        staff: idOf(staff),
        considerations: words,
        override: { reason: words },
      });
    }
    await story.until(`${TODAY}T08:00:00.000Z`);
  });
  afterAll(() => story.end());

  it('answer with a whole document under a policy that lets in nothing but their own files', async () => {
    for (const url of pages) {
      const { statusCode, headers, payload } = await get(url);
      expect([url, statusCode, headers['content-type']]).toEqual([url, 200, 'text/html; charset=utf-8']);
      expect(headers['content-security-policy']).toContain("default-src 'none'; style-src 'self'; script-src 'self'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['cache-control']).toBe('no-store');
      expect(payload).toMatch(/^<!doctype html>\n<html lang="sv">/);
      expect(payload.match(/<h1>/g)).toHaveLength(1);
    }
  });

  it('show what people wrote as text, whatever it is', async () => {
    for (const url of pages) {
      const { payload } = await get(url);
      const tags = tagsIn(payload);
      expect(tags.filter(({ tag }) => tag === 'script')).toEqual([{ tag: 'script', attributes: ['src', 'defer'] }]);
      expect(tags.filter(({ tag }) => ['style', 'img', 'iframe', 'object'].includes(tag))).toEqual([]);
      const names = new Set(tags.flatMap(({ attributes }) => attributes));
      expect(
        [...names].filter((name) => name.startsWith('on') || name === 'style' || !/^[a-zA-Z-]+\d?$/.test(name)),
      ).toEqual([]);
      expect(payload).not.toMatch(/href="(?!\/|#)/);
    }
    const { payload } = await get(`/personer/${idOf('person 0')}`);
    expect(payload).toContain('&lt;script>alert(1)&lt;/script>');
  });

  it('find people by name and by nothing in the address', async () => {
    const { payload, statusCode } = await story.app.inject({
      method: 'POST',
      url: '/sok',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: `sok=${encodeURIComponent('script alert')}`,
    });
    expect(statusCode).toBe(200);
    expect(payload).toContain(`/personer/${idOf('person 0')}`);
    const json = await story.app.inject({ method: 'POST', url: '/sok', payload: { sok: 'anna' } });
    expect(json.statusCode).toBe(415);
  });

  it('say in a page what is wrong, and to programs as the API does', async () => {
    for (const url of ['/personer/finns-inte', `/personer/${idOf('okänd')}`, '/finns-inte', '/enheter?dag=igår']) {
      const page = await get(url);
      expect(page.statusCode).toBeGreaterThanOrEqual(400);
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(page.payload).toContain('<title>Fel: ');
      expect((await get(url, 'application/json')).headers['content-type']).toContain('application/problem+json');
    }
    expect((await get('/api/v1/finns-inte')).headers['content-type']).toContain('application/problem+json');
  });

  it('take no form under the path of the API', async () => {
    const { statusCode } = await story.app.inject({
      method: 'POST',
      url: '/api/v1/recipients/search',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'name=anna',
    });
    expect(statusCode).toBe(415);
  });

  it('load files that a browser may keep, and that are small', async () => {
    const { payload } = await get('/hjalp');
    const files = [...payload.matchAll(/"(\/filer\/[^"]+)"/g)].map(([, address = '']) => address);
    expect(files).toHaveLength(3);
    for (const address of files) {
      const file = await get(address, '*/*');
      expect([file.statusCode, file.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
      expect(file.payload.length).toBeLessThan(address.endsWith('.js') ? 3_000 : 40_000);
    }
    expect((await get('/filer/..%2Fdocument.tsx', '*/*')).statusCode).toBe(404);
  });
});
