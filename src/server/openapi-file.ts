import 'reflect-metadata';
import { pino } from 'pino';
import { createApp } from './create-app.js';
import { openApiDocument } from './openapi.js';
import { openRegister } from '../app/register.js';

/** The text of docs/reference/openapi.json, made from the code. Nothing listens and nothing is stored. */
export async function openApiFile(): Promise<string> {
  const register = await openRegister({ dataDir: '.', eventStore: 'memory', viewStore: 'memory' });
  const app = await createApp(register, { logger: pino({ level: 'silent' }) });
  try {
    return `${JSON.stringify(openApiDocument(app), undefined, 2)}\n`;
  } finally {
    await app.close();
    await register.close();
  }
}
