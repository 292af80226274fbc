// Three hundred strings that have become markup, script or style somewhere, typed into every field of every form, and
// read back as a browser reads them.
import assert from 'node:assert/strict';

const SEEDS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<style>*{display:none}</style>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<a href="javascript:alert(1)">Anna</a>',
  '<base href="//ond.example/">',
  '<meta http-equiv=refresh content="0;url=//ond.example">',
  '<form action=//ond.example><button>Spara',
  '<input name=gor value=spara autofocus onfocus=alert(1)>',
  '<details open ontoggle=alert(1)>',
  '<math><mi xlink:href="javascript:alert(1)">',
  '<!--',
  '<![CDATA[',
  '<plaintext>',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}',
  'javascript:alert(1)',
  '&lt;b&gt;&amp;#60;',
  '&#x3C;script&#x3E;',
  '\u202egnirts\u202c',
  'A\u030asa Å\u0301sa',
  "' or 1=1 --",
  '%3Cscript%3E',
  '\\u003cscript\\u003e',
];
/** Ways out of where a text may stand. */
const WAYS_OUT = [
  (seed) => seed,
  (seed) => `">${seed}`,
  (seed) => `'>${seed}`,
  (seed) => `</textarea>${seed}`,
  (seed) => `</title>${seed}`,
  (seed) => `</option></select>${seed}`,
  (seed) => `--></style></script>${seed}`,
  (seed) => `" onfocus="alert(1)" autofocus="${seed}`,
  (seed) => `' style='position:fixed' ${seed}`,
  (seed) => `\`${seed}\``,
  (seed) => `]]>${seed}`,
  (seed) => `</svg></math>${seed.toUpperCase()}`,
];
export const HOSTILE = SEEDS.flatMap((seed) => WAYS_OUT.map((way) => way(seed)));
/** So many are typed into a field at once. */
const AT_ONCE = 50;

/** What a browser makes of a document: what is not ours in it, and what stands in the fields. Runs in a page. */
function readAsBrowser(html) {
  const read = new DOMParser().parseFromString(html, 'text/html');
  const all = [...read.querySelectorAll('*')];
  const named = (element, name) => `${element.tagName} ${name}=${element.getAttribute(name)}`;
  const strange = all.flatMap((element) => [
    ...element.getAttributeNames().flatMap((name) => {
      if (/^on|^style$|^srcdoc$|^autofocus$/i.test(name) || !/^[a-zA-Z][a-zA-Z-]*\d?$/.test(name))
        return [named(element, name)];
      const leads = /^(href|src|action|formaction|xlink:href)$/i.test(name);
      return leads && !/^[/#](?!\/)/.test(element.getAttribute(name)) ? [named(element, name)] : [];
    }),
    ...(/^(style|iframe|object|embed|base|img|math|plaintext|frame)$/i.test(element.tagName)
      ? [element.outerHTML]
      : []),
    ...(element.tagName === 'META' && element.hasAttribute('http-equiv') ? [element.outerHTML] : []),
  ]);
  const scripts = all.filter((element) => element.tagName === 'SCRIPT').map((element) => element.getAttribute('src'));
  const writing = 'input[type=text], textarea';
  const form = read.querySelector('main form[method=post]');
  return {
    strange,
    scripts,
    text: read.body.textContent,
    links: [...read.querySelectorAll('main a[href^="/registrera/"]')].map((link) => link.getAttribute('href')),
    form: form && {
      action: form.getAttribute('action'),
      hidden: [...form.querySelectorAll('input[type=hidden]')].map((field) => [field.name, field.value]),
      texts: [...form.querySelectorAll(writing)].map((field) => [field.name, field.value]),
      chosen: [...form.querySelectorAll('input:checked')].map((field) => [field.name, field.value]),
    },
  };
}

/** A text as a field gives it back: lines end in one way. */
const asTyped = (text) => text.replaceAll('\r\n', '\n').trim();

/**
 * @param page of a manager who has signed in
 * @param places addresses from which forms are reached, and a person of whom something can be saved
 * @param tell takes what each form is called, and what went wrong
 */
export async function typeHostile({ url, page, places, person }, tell) {
  const { request } = page.context();
  const reader = await page.context().newPage();
  const read = async (answer) => {
    const found = await reader.evaluate(readAsBrowser, await answer.text());
    assert.deepEqual([found.strange, found.scripts.map((src) => src?.startsWith('/filer/'))], [[], [true]]);
    return found;
  };
  const open = async (path) => read(await request.get(`${url}${path}`, { headers: { accept: 'text/html' } }));
  const send = async (form, fields, maxRedirects) =>
    request.post(`${url}${form.action}`, {
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      data: new URLSearchParams([...form.hidden, ...form.chosen, ...fields]).toString(),
      ...(maxRedirects === undefined ? {} : { maxRedirects }),
    });
  const forms = new Map();
  for (const place of places)
    for (const href of (await open(place)).links) {
      const path = href.replace(/\?.*/, '');
      if (!/^\/registrera\/(omsorgsperiod|enhet)\//.test(href)) forms.set(path.split('/')[2], href);
    }
  const batches = Array.from({ length: HOSTILE.length / AT_ONCE }, (_, at) =>
    HOSTILE.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
  assert.ok(forms.size > 40, `only ${forms.size} forms`);
  for (const [slug, href] of forms) {
    const wrong = [];
    try {
      const { form } = await open(href);
      const names = [...new Set([...form.texts.map(([name]) => name), 'lateReason'])];
      for (const batch of batches) {
        const typed = batch.join(' ');
        const sent = await send(form, [...names.map((name) => [name, typed]), ['gor', 'visa']]);
        const again = await read(sent);
        // Where somebody is named by an id, a text that is none is nobody's: then the page says so.
        if (again.form === null) assert.equal(sent.status(), 404);
        else for (const [name, value] of again.form.texts) assert.equal(asTyped(value), typed, `${name} of ${slug}`);
      }
    } catch (error) {
      wrong.push(error.message);
    }
    tell(`hostile strings in ${slug}`, wrong);
  }
  const wrong = [];
  try {
    for (const [at, batch] of batches.entries()) {
      const { form } = await open(`/registrera/risker-i-hemmet-bedomda/${person.episode}`);
      const late = [
        ['effectiveOn', `2026-06-0${at + 1}`],
        ['lateReason', batch.join(' ')],
        ['fragad', 'ja'],
        ['gor', 'spara'],
      ];
      assert.equal((await send(form, late, 0)).status(), 303);
    }
    for (const path of [`/personer/${person.recipient}`, `/personer/${person.recipient}/da-och-nu?visste=2026-06-01`])
      await open(path);
    const { text } = await open(`/personer/${person.recipient}`);
    for (const one of HOSTILE) assert.ok(text.includes(one) || one.includes('\u202e'), one);
  } catch (error) {
    wrong.push(error.message);
  }
  tell('hostile strings saved and read', wrong);
  await reader.close();
}
