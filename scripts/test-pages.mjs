// `npm run test:pages [-- FOLDER]`: every page in a real browser, wide and narrow, large text, dark, forced colours, without
// script. Nothing may be found by axe, nothing said in the console, nothing scroll sideways. Then people sign in over TLS
// and work for a day, by mouse and by keyboard alone, and somebody types hostile strings. Pictures go to FOLDER.
// Exit code 75 where no browser can be had.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import { startDemo } from '../test/pages/demo-server.mjs';
import { typeHostile } from '../test/pages/hostile.mjs';
import { spendDays, whatIsThere } from '../test/pages/working-days.mjs';
import { findBrowser } from './browser.mjs';
import { ensureBuilt } from './ensure-built.mjs';

const LAST_DAY = '2026-06-30';
/** The most bytes of a page, gzipped. */
const MOST_BYTES = 60_000;
/** Text twice as large, by the browser's own setting. */
const LARGE_TEXT = '--blink-settings=defaultFontSize=32';
const LOOKS = [
  { name: 'wide', width: 1280 },
  { name: 'narrow', width: 320 },
  { name: 'dark', width: 1280, colorScheme: 'dark' },
  { name: 'forced', width: 1280, forcedColors: 'active' },
  { name: 'large-text', width: 1280, args: [LARGE_TEXT] },
  { name: 'without-script', width: 1280, javaScriptEnabled: false },
];

const browserAt = findBrowser();
if (browserAt === undefined) {
  process.stderr.write('no Chromium is here, and none can be installed\n');
  process.exit(75);
}
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
ensureBuilt();
const pictures = process.argv[2];
if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
const data = mkdtempSync(join(tmpdir(), 'fok-pages-'));
let [passed, failed] = [0, 0];
let server;
try {
  fok(
    'simulate',
    '--recipients',
    '100',
    '--from',
    '2022-01-01',
    '--to',
    LAST_DAY,
    '--seed',
    'sidor',
    '--out',
    join(data, 'h.ndjson'),
  );
  fok('import', join(data, 'h.ndjson'));
  const url = await serve();
  const pages = await pagesOf(url);
  for (const look of LOOKS) await lookAt(url, pages, look);
  await stopped();
  await peopleWork();
} finally {
  await stopped();
  rmSync(data, { recursive: true, force: true });
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
if (failed > 0) process.exitCode = 1;

function fok(...args) {
  const { status, stderr } = spawnSync(process.execPath, ['bin/fok.mjs', '--data', data, ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`fok ${args[0]}: ${stderr}`);
}

/** @returns where the server listens */
function serve() {
  const env = { ...process.env, DATA_DIR: data, PORT: '0', LOG_LEVEL: 'error' };
  server = spawn(process.execPath, ['bin/start.mjs'], { env, stdio: ['ignore', 'inherit', 'pipe'] });
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr.on('data', (chunk) => {
      said += chunk;
      const at = /Listening on (\S+)/.exec(said)?.[1];
      if (at !== undefined) resolve(at);
    });
    server.once('exit', () => reject(new Error(`the server ended: ${said}`)));
  });
}

/** Waits until the server has written and closed what it has. */
async function stopped() {
  if (!server || server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill();
  await ended;
}

/** What is tried by people who have signed in. */
async function peopleWork() {
  const demo = await startDemo();
  const browser = await launch();
  try {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'sv-SE' });
    const page = await context.newPage();
    const found = await whatIsThere(page, demo.url);
    await spendDays({ url: demo.url, browser, ...found }, tell);
    await typeHostile({ url: demo.url, page, ...found }, tell);
  } finally {
    await browser.close();
    await demo.close();
  }
}

/** Counts what was tried, and says what went wrong. */
function tell(name, wrong) {
  if (wrong.length === 0) {
    passed += 1;
    return;
  }
  failed += 1;
  process.stdout.write(`${name}\n${wrong.map((line) => `  ${line}\n`).join('')}`);
}

/** One of each kind of page, by following links. */
async function pagesOf(url) {
  const read = async (path) => (await fetch(`${url}${path}`, { headers: { accept: 'text/html' } })).text();
  const first = (html, pattern) => {
    const found = pattern.exec(html)?.[0];
    if (found === undefined) throw new Error(`no ${pattern} to follow`);
    return found.replaceAll('&amp;', '&');
  };
  const on = `?dag=${LAST_DAY}`;
  const unit = first(await read(`/enheter${on}`), /\/enheter\/[0-9a-f-]{36}/);
  const list = await read(`${unit}${on}`);
  const person = first(list, /\/personer\/[0-9a-f-]{36}/);
  const member = first(list, /\/personal\/[0-9a-f-]{36}/);
  const told = await read(person);
  const recording = first(told, /\/registrera\/omsorgsperiod\/[0-9a-f-]{36}/);
  const forms = [...(await read(recording)).matchAll(/\/registrera\/[a-z-]+\/[0-9a-f/-]{36,}/g)].map(([href]) => href);
  return [
    ['enheterna', `/${on}`],
    ['att-gora', `${unit.replace('enheter', 'att-gora')}${on}`],
    ['enhet', `${unit}${on}`],
    ['forfaller', `${unit}/forfaller${on}`],
    ['personal', `${unit}/personal${on}`],
    ['medarbetare', member],
    ['person', `${person}${on}`],
    ['da-och-nu', `${person}/da-och-nu${on}`],
    ['steg', first(told, /\/personer\/[0-9a-f-]{36}\/steg-for-steg\?plats=\d+/)],
    ['handelse', first(told, /\/handelser\/[0-9a-f-]{36}/)],
    ['registrera', recording],
    ...[...new Set(forms)].slice(0, 40).map((href, at) => [`form-${at}`, href]),
    ['tillsyn', `/tillsyn${on}`],
    ['tillsyn-offentlig', `/tillsyn${on}&offentlig=ja`],
    ['gor-om', '/tillsyn/gor-om'],
    ['inspektion', '/inspektion'],
    ['regler', '/regler'],
    ['hjalp', '/hjalp'],
    ['tillganglighet', '/tillganglighet'],
    ['drift', '/drift'],
  ];
}

async function lookAt(url, pages, { name, width, args = [], ...options }) {
  const browser = await launch(args);
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'sv-SE', ...options });
  for (const [title, path] of pages) {
    const page = await context.newPage();
    const said = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    const answer = await page.goto(`${url}${path}`);
    const wrong = [...said];
    if (answer?.status() !== 200) wrong.push(`answered ${answer?.status()}`);
    const bytes = gzipSync((await answer?.body()) ?? '').length;
    if (bytes > MOST_BYTES) wrong.push(`${bytes} bytes gzipped`);
    if ((await page.locator('h1').count()) !== 1) wrong.push('not one heading');
    if (options.javaScriptEnabled !== false) wrong.push(...(await foundBy(context, page)));
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${title}-${name}.png`), fullPage: true });
    await page.close();
    tell(`${name} ${path}`, wrong);
  }
  await browser.close();
}

function launch(args = []) {
  return chromium.launch({
    executablePath: browserAt,
    args: ['--no-sandbox', '--disable-dev-shm-usage', ...args],
  });
}

/** By the debugger, so that the page's policy stays as strict as it is. */
async function foundBy(context, page) {
  const debug = await context.newCDPSession(page);
  await debug.send('Runtime.evaluate', { expression: axe.source });
  const expression =
    'axe.run().then(({ violations }) => JSON.stringify({ wide: document.documentElement.scrollWidth > innerWidth, violations: violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0].html.slice(0, 160)}`) }))';
  const { result } = await debug.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  const { wide, violations } = JSON.parse(result.value);
  return [...violations, ...(wide ? ['scrolls sideways'] : [])];
}
