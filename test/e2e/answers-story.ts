import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createApp } from '../../src/server/create-app.js';
import { FixedClock } from '../../src/kernel/time/clock.js';
import { openRegister, type Register } from '../../src/app/register.js';
import { mustBeDescribed } from '../support/described-answers.js';
import { configAt } from '../support/stores.js';

/** What an answer's JSON is to a test: it says itself what it expects to be there. */
export interface Json {
  readonly [key: string]: Json | undefined;
}

/** A part of an answer that is a list; empty where there is none. */
export function list(part: Json | undefined): readonly Json[] {
  return Array.isArray(part) ? (part as Json[]) : [];
}

/** A UUID that a name stands for, so that a test can speak of people and things by name. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * A register of its own on the stores under test, into which a test tells a story, and a server that answers about it.
 */
export class Story {
  private told = 0;

  private constructor(
    readonly register: Register,
    readonly clock: FixedClock,
    readonly app: NestFastifyApplication,
    private readonly folder: string,
  ) {}

  static async begin(now: string): Promise<Story> {
    const folder = mkdtempSync(join(tmpdir(), 'fok-story-'));
    const clock = new FixedClock(now);
    // Threads cannot be started from within Jest: episodes are judged where they are asked for.
    const register = await openRegister(configAt(folder), { clock, judge: (local) => local });
    const app = await createApp(register, { logger: pino({ level: 'silent' }) });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new Story(register, clock, app, folder);
  }

  /** Records a fact now. @param stream category and name, e.g. `careEpisode-anna` @returns its event id */
  async tell(
    stream: string,
    type: string,
    effectiveOn: string,
    data: Record<string, unknown>,
    more: { documentedAt?: string; lateReason?: string; about?: string } = {},
  ): Promise<string> {
    this.told += 1;
    const [category = '', name = ''] = stream.split('-');
    const id = idOf(`event ${this.told}`);
    const { about = name, ...header } = more;
    const fact = {
      id,
      type,
      stream: `${category}-${idOf(name)}`,
      effectiveOn,
      actor: { id: 'u-17', role: 'MANAGER' },
      controller: idOf('kommunen'),
      subject: idOf(about),
      data,
      ...header,
    };
    const corrected = type === 'EntryCorrected' ? await this.typesCorrected(fact.stream, String(data['corrects'])) : [];
    await this.register.log.append(fact.stream, 'ANY', [{ ...fact, correctedTypes: corrected }]);
    return id;
  }

  private async typesCorrected(stream: string, event: string): Promise<string[]> {
    const events = await this.register.log.readStream(stream);
    const types: string[] = [];
    for (let target: string | undefined = event; target !== undefined;) {
      const found = events.find(({ id }) => id === target);
      if (!found) break;
      types.push(found.type);
      target = found.type === 'EntryCorrected' ? String(found.data['corrects']) : undefined;
    }
    return types;
  }

  /** Lets the views follow, and time go on to an instant. */
  async until(now: string): Promise<void> {
    await this.register.runner.drain();
    this.clock.set(now);
  }

  async get(
    path: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; headers: Record<string, unknown>; body: Json; text: string }> {
    const answer = await this.app.inject({ method: 'GET', url: `/api/v1${path}`, headers });
    const body = answer.headers['content-type']?.toString().includes('json')
      ? (answer.json() as Json)
      : (undefined as unknown as Json);
    mustBeDescribed('GET', `/api/v1${path}`, answer.statusCode, body);
    return { status: answer.statusCode, headers: answer.headers, body, text: answer.payload };
  }

  async post(path: string, payload: object): Promise<{ status: number; body: Json }> {
    const answer = await this.app.inject({ method: 'POST', url: `/api/v1${path}`, payload });
    mustBeDescribed('POST', `/api/v1${path}`, answer.statusCode, answer.json());
    return { status: answer.statusCode, body: answer.json() as Json };
  }

  async end(): Promise<void> {
    await this.app.close();
    await this.register.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
