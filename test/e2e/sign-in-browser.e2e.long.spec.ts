import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';
import { pino } from 'pino';
import { rolesIn } from '../../src/server/roles-in.js';
import { signInByDemo } from '../../src/sign-in/demo/demo-sign-in.js';
import { AccessServer } from './access.harness.js';
import { MEMORY } from './commands.harness.js';

jest.setTimeout(120_000);

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
// scripts/browser.mjs installs it; where it cannot, the run names this as skipped. The other specs of sign-in need none.
const there = existsSync(CHROMIUM) ? describe : describe.skip;

// What a browser makes of cookies, of forms and of where they come from no double of one can tell.
there(`a browser (${CHROMIUM})`, () => {
  let server: AccessServer;
  let browser: Browser;
  beforeAll(async () => {
    server = await AccessServer.start((register) =>
      signInByDemo(
        { ...MEMORY, host: '127.0.0.1' },
        { reads: register, rolesOf: rolesIn(register) },
        { logger: pino({ level: 'silent' }) },
      ),
    );
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
    });
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  it.each(['127.0.0.1', 'localhost'])('signs in and out at %s, and is asked anew', async (host) => {
    const address = server.url.replace('127.0.0.1', host);
    const context = await browser.newContext();
    const page = await context.newPage();
    try {
      await page.goto(`${address}/regler`);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Vem vill du vara?');
      await page.getByRole('button', { name: /Enhetschef, Enhet$/ }).click();
      await page.waitForURL(`${address}/regler`);
      const [session] = (await context.cookies()).filter(({ name }) => name === 'fok');
      expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', domain: host, expires: -1 });
      expect(await page.evaluate('document.cookie')).toBe('');
      await page.goto(`${address}/logga-ut`);
      await page.getByRole('button', { name: 'Logga ut' }).click();
      await page.waitForURL(/\/demo\/session\/end/);
      await page.getByRole('button', { name: 'Logga ut' }).click();
      await page.waitForURL(/\/logga-ut/);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Du är utloggad');
      expect((await context.cookies()).filter(({ name }) => name === 'fok')).toEqual([]);
      await page.goto(`${address}/regler`);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Vem vill du vara?');
    } finally {
      await context.close();
    }
  });
});
