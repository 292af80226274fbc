// What an enhetschef, a contact and an inspector do in a day, from sign-in to sign-out, over TLS: by the mouse, and by
// the keyboard alone with script off.
import assert from 'node:assert/strict';
import { KEYBOARD, MOUSE } from './hands.mjs';

const heading = (page) => page.getByRole('heading', { level: 1 }).innerText();
const link = (page, name) => page.locator('main').getByRole('link', { name }).first();

/** Chooses who to be, and sees that the cookie of the session is bound to this server and to TLS. */
async function signIn({ page, hand, url }, as) {
  await page.goto(`${url}/`);
  await hand.go(page, page.locator(`form[action$="person=${as}"] button`));
  await page.waitForURL((at) => !at.pathname.startsWith('/demo/'));
  const [session] = (await page.context().cookies()).filter(({ name }) => name.endsWith('fok'));
  const { name, secure, httpOnly, path } = session;
  assert.deepEqual({ name, secure, httpOnly, path }, { name: '__Host-fok', secure: true, httpOnly: true, path: '/' });
}

async function signOut({ page, hand }) {
  await hand.go(page, page.getByRole('button', { name: 'Logga ut' }));
  await hand.go(page, page.getByRole('button', { name: 'Logga ut' }));
  await page.waitForURL(/\/logga-ut/);
  assert.equal(await heading(page), 'Du är utloggad');
  const left = (await page.context().cookies()).filter(({ name }) => name === '__Host-fok');
  assert.deepEqual(left, []);
}

/** Answers what a form asks for as its errors say, looks at what it would do, and saves. */
async function fillIn({ page, hand }, title, answers = {}) {
  assert.equal((await heading(page)).toLowerCase(), title.toLowerCase());
  for (const [id, text] of Object.entries(answers)) await hand.write(page, page.locator(`#${id}`), text);
  for (let tries = 0; ; tries += 1) {
    await hand.go(page, page.getByRole('button', { name: 'Visa vad det gör' }));
    const wrong = page.locator('.summary a[href^="#f-"]');
    if ((await wrong.count()) === 0) break;
    assert.ok(tries < 4, `${title} is not satisfied: ${await page.locator('.summary').innerText()}`);
    assert.match(await page.title(), /^Fel: /);
    for (const href of await wrong.evaluateAll((links) => links.map((one) => one.getAttribute('href'))))
      await answer(page, hand, page.locator(href));
  }
  assert.match(await page.locator('main').innerText(), /Det här gör ditt val/);
  await hand.go(page, page.getByRole('button', { name: 'Spara', exact: true }));
  if (await page.locator('#f-lateReason').count()) {
    await hand.write(page, page.locator('#f-lateReason'), 'Låg i pärmen.');
    await hand.go(page, page.getByRole('button', { name: 'Spara', exact: true }));
  }
  await page.waitForURL(/\/personer\//);
  assert.ok((await page.locator('article h4').allInnerTexts()).length > 0);
}

async function answer(page, hand, field) {
  const choice = field.locator('input[type=radio], input[type=checkbox]').first();
  if (await choice.count()) return hand.choose(page, choice);
  const kind = await field.evaluate((element) => element.tagName);
  if (kind !== 'SELECT')
    return hand.write(page, field, (await field.getAttribute('class')) === 'day' ? '2026-07-01' : 'Anna');
  // A list that is open by its first letters, as the keyboard has it.
  await field.focus();
  return page.keyboard.press('ArrowDown');
}

/** Opens the form of a step from the page about a person, and fills it in. @param step as the register calls it */
async function record(at, step) {
  const { page, hand } = at;
  await hand.go(page, page.locator('main a[href^="/registrera/omsorgsperiod/"]').first());
  assert.equal(await heading(page), 'Vad vill du registrera?');
  await hand.go(page, page.locator('main').getByRole('link', { name: step, exact: true }).first());
  await fillIn(at, step);
}

/** Offer, yes, contact, plan, follow-up, of somebody who was never offered a contact; then who lacks one. */
async function unitManager(at) {
  const { page, hand } = at;
  await signIn(at, 'unit-manager');
  assert.equal(await heading(page), 'Det här behöver dig');
  assert.match(await page.locator('.who').innerText(), /enhetschef/);
  const lacking = page.getByRole('link', { name: /^Registrera erbjudande för/ });
  const before = await lacking.count();
  assert.ok(before > 0, 'nobody needs an offer');
  await hand.go(page, lacking.first());
  await fillIn(at, 'Fast omsorgskontakt erbjuden');
  await record(at, 'Tackat ja till fast omsorgskontakt');
  await record(at, 'Fast omsorgskontakt utsedd');
  await record(at, 'Genomförandeplan överenskommen');
  await record(at, 'Uppföljning genomförd');
  assert.match(await page.locator('main').innerText(), / är fast omsorgskontakt sedan den 1 juli 2026\./);

  await hand.go(page, page.getByRole('navigation', { name: 'Sidor' }).getByRole('link', { name: 'Start' }));
  assert.equal(await lacking.count(), before - 1);
  await hand.go(page, link(page, /: saknar kontakt/));
  assert.ok((await page.locator('main a[href^="/personer/"]').count()) > 0);
  assert.match(await page.locator('main').innerText(), /Saknar kontakt/);
  await signOut(at);
}

/** Finds one of her own by name, reads, and writes down that she gave information. */
async function contact(at) {
  const { page, hand, own } = at;
  await signIn(at, 'contact');
  assert.match(await page.locator('.who').innerText(), /fast omsorgskontakt/);
  await hand.write(page, page.locator('#hitta'), own);
  await hand.go(page, page.getByRole('search').first().getByRole('button', { name: 'Sök' }));
  await hand.go(page, link(page, own));
  assert.equal(await heading(page), own);
  await record(at, 'Information om fast omsorgskontakt lämnad');
  await signOut(at);
}

/** One person of the unit: what was, what was known when, what an entry rests on, and whether the log is whole. */
async function inspector(at) {
  const { page, hand } = at;
  await signIn(at, 'auditor');
  assert.match(await heading(page), /^Inspektion: /);
  assert.match(await page.locator('main').innerText(), /dagar kvar/);
  assert.match(await page.locator('main').innerText(), /Är loggen orörd\?/);
  await hand.go(page, page.locator('main a[href^="/enheter/"]').first());
  await hand.go(page, page.locator('main a[href^="/personer/"]').first());
  const name = await heading(page);
  await hand.go(page, link(page, /^Då och nu/));
  assert.match(await page.locator('main').innerText(), /Vi visste/);
  await hand.go(page, page.getByRole('link', { name, exact: true }).first());
  await hand.toggle(page, page.locator('summary', { hasText: 'Underlag och bevis' }).first());
  assert.match(await page.locator('details[open]').first().innerText(), /loggen/);
  assert.equal(await page.getByRole('button', { name: 'Spara' }).count(), 0);
  await hand.go(page, page.getByRole('navigation', { name: 'Sidor' }).getByRole('link', { name: 'Tillsyn' }));
  assert.equal(await heading(page), 'Tillsynsrapport');
  await signOut(at);
}

/**
 * What a manager finds in her unit, on a page on which she stays signed in: addresses from which forms are reached, and
 * somebody of whom something can be saved.
 */
export async function whatIsThere(page, url) {
  await page.goto(`${url}/`);
  await page.locator('form[action$="person=unit-manager"] button').click();
  await page.waitForURL(/\/att-gora\//);
  const [, , unit] = new URL(page.url()).pathname.split('/');
  const first = (start) => page.locator(`main a[href^="${start}"]`).first().getAttribute('href');
  await page.goto(`${url}/enheter/${unit}/personal`);
  const member = await first('/personal/');
  await page.goto(`${url}/enheter/${unit}?visa=har-kontakt`);
  const person = await first('/personer/');
  await page.goto(`${url}${person}`);
  const [episode, entry] = [await first('/registrera/omsorgsperiod/'), await first('/handelser/')];
  const places = [episode, `/registrera/enhet/${unit}`, member, entry];
  const recipient = person.split('/')[2].slice(0, 36);
  return { places, person: { recipient, episode: episode.split('/')[3] }, own: await ownOfContact(page, url) };
}

/** Whom the contact of the demo is a contact of, by her own page; the manager is signed in again after it. */
async function ownOfContact(page, url) {
  const other = await page.context().browser().newContext({ ignoreHTTPSErrors: true });
  const asContact = await other.newPage();
  await asContact.goto(`${url}/`);
  await asContact.locator('form[action$="person=contact"] button').click();
  await asContact.waitForURL(/\/att-gora\//);
  const name = (await asContact.locator('.who').innerText()).split(',')[0];
  const [, , unit] = new URL(asContact.url()).pathname.split('/');
  await asContact.goto(`${url}/enheter/${unit}?kontakt=${encodeURIComponent(name)}`);
  const own = asContact.getByRole('row', { name }).locator('a[href^="/personer/"]').first();
  const words = await own.innerText();
  await other.close();
  return words;
}

const DAYS = { unitManager, contact, inspector };
const WAYS = [
  { hand: MOUSE, width: 1280 },
  { hand: KEYBOARD, width: 1280, javaScriptEnabled: false },
];

/**
 * Spends each day in each way.
 * @param tell takes what each is called, and what went wrong
 */
export async function spendDays({ url, browser, own }, tell) {
  for (const { hand, width, ...options } of WAYS)
    for (const [name, day] of Object.entries(DAYS)) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        locale: 'sv-SE',
        ignoreHTTPSErrors: true,
        ...options,
      });
      context.setDefaultTimeout(30_000);
      const page = await context.newPage();
      const said = [];
      page.on('console', (message) => said.push(`${message.text()} ${message.location().url}`));
      page.on('request', (request) => {
        if (!request.url().startsWith(url)) said.push(`asks ${request.url()}`);
      });
      const wrong = [];
      try {
        await day({ page, hand, url, own });
      } catch (error) {
        const shown = await page.locator('main').innerText();
        wrong.push(`${page.url()}: ${error.message}\n${shown.slice(0, 1_500)}`);
      }
      tell(`a day of ${name} by ${hand.name}`, [...wrong, ...said]);
      await context.close();
    }
}
