import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { ABOUT } from '../../src/access/http/asked-for.js';
import { accessPolicy } from '../../src/access/policy-table.js';
import { DeclaredRoutes } from '../../src/kernel/http/declared-routes.js';
import { API_PREFIX, createHttpApp } from '../../src/kernel/http/http-app.js';
import { createApp } from '../../src/server/create-app.js';
import { openApiDocument } from '../../src/server/openapi.js';
import { openRegister } from '../../src/app/register.js';
import { MEMORY } from './commands.harness.js';

const logger = pino({ level: 'silent' });

@Controller('silent')
class SilentController {
  @Get()
  silent(): string {
    return 'anybody';
  }
}

@Module({ imports: [DiscoveryModule], controllers: [SilentController], providers: [DeclaredRoutes] })
class SilentModule {}

describe('every route', () => {
  it('says what it is, and is in the list of those that do', async () => {
    const register = await openRegister(MEMORY);
    const app = await createApp(register, { logger });
    await app.init();
    const declared = app.get(DeclaredRoutes).all();
    const documented = Object.entries(openApiDocument(app).paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    const known = declared.map(({ method, path }) => `${method} /${API_PREFIX}/${path}`);
    expect(documented.filter((route) => !known.includes(route))).toEqual([]);
    expect(declared.filter(({ access }) => access === undefined)).toEqual([]);
    expect(declared.filter(({ access }) => !ABOUT.has(access?.about ?? ''))).toEqual([]);
    const inTable = new Set([
      ...accessPolicy.open,
      ...accessPolicy.signedIn,
      ...accessPolicy.rows.flatMap(({ actions }) => [...actions]),
      // They have the rows of what is put right.
      'step.CorrectEntry',
      'step.AnnulEntry',
    ]);
    const rows = ({ access }: (typeof declared)[number]) => [access?.row ?? '', ...(access?.also ?? [])];
    const unknown = declared.filter((route) => rows(route).some((row) => !inTable.has(row)));
    expect(unknown.map(({ handler }) => handler)).toEqual([]);
    await app.close();
    await register.close();
  });

  it('keeps the server from starting when it does not', async () => {
    const app = await createHttpApp({ module: SilentModule }, logger);
    await expect(app.init()).rejects.toThrow('SilentController.silent');
    await app.close();
  });
});
