import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { allSteps } from '../../src/steps/steps.js';
import { openApiFile } from '../../src/server/openapi-file.js';
import { problemsOf } from '../../src/recording/step-docs.js';
import { problemCatalogue } from '../../src/server/problem-catalogue.js';
import { setTheScene, TestServer } from './commands.harness.js';

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly description?: string }[];
  readonly requestBody?: {
    readonly content: {
      readonly 'application/json': {
        readonly schema: { readonly $ref: string };
        readonly examples?: Readonly<Record<string, { readonly value: Readonly<Record<string, unknown>> }>>;
      };
    };
  };
  readonly responses: Readonly<
    Record<string, { readonly $ref: string; readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

interface Document {
  readonly openapi: string;
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, unknown>>;
    readonly responses: Readonly<Record<string, { readonly description: string }>>;
  };
}

const file = readFileSync(new URL('../../docs/reference/openapi.json', import.meta.url), 'utf8');
const document = JSON.parse(file) as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);
const commandAt = (path: string): Operation => {
  const operation = document.paths[`/api/v1/${path.replace(/:(\w+)/g, '{$1}')}`]?.['post'];
  if (!operation) throw new Error(`${path} is not documented`);
  return operation;
};

const described = (response: { readonly $ref: string } | undefined): string | undefined =>
  document.components.responses[response?.$ref.split('/').at(-1) ?? '']?.description;

describe('the OpenAPI file', () => {
  it('is what the code makes (if not: node scripts/generate-openapi.mjs)', async () => {
    expect(await openApiFile()).toBe(file);
  });

  it('shows one group a resource, in the order of the process, each call in one of them', () => {
    const used = new Map<string, Set<string>>();
    for (const { path, operation } of operations) {
      expect([path, operation.tags?.length]).toEqual([path, 1]);
      const resource = path.split('/')[3] ?? '';
      used.set(resource, (used.get(resource) ?? new Set()).add(operation.tags?.[0] ?? ''));
    }
    expect([...used].filter(([, groups]) => groups.size !== 1)).toEqual([]);
    const groups = document.tags.map(({ name }) => name);
    expect(new Set(groups)).toEqual(new Set([...used.values()].flatMap((of) => [...of])));
    expect(groups.slice(1, 7)).toEqual([
      'Personuppgiftsansvariga och lokala riktlinjer',
      'Enheter',
      'Medarbetare',
      'Omsorgstagare',
      'Omsorgsperioder',
      'Rättelser',
    ]);
  });

  it('describes every parameter', () => {
    const silent = operations.flatMap(({ path, operation }) =>
      (operation.parameters ?? []).filter(({ description }) => !description).map(({ name }) => `${path} ${name}`),
    );
    expect(silent).toEqual([]);
  });

  it('has its answers from their types (if not: npm run answers)', () => {
    const made = execFileSync(process.execPath, ['scripts/generate-answers.mjs', '--print'], {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      encoding: 'utf8',
    });
    expect(readFileSync(new URL('../../src/answers/http/answer-schemas.ts', import.meta.url), 'utf8')).toBe(made);
  });

  it('says what every operation answers with', () => {
    for (const { path, method, operation } of operations) {
      const contents = Object.entries(operation.responses).flatMap(([status, { content }]) =>
        status.startsWith('2') ? [content?.['application/json']?.schema] : [],
      );
      expect([method, path, contents.length, ...contents]).not.toContain(undefined);
      expect([method, path, contents.length]).not.toContain(0);
    }
  });

  it('is OpenAPI 3.1 and describes every operation in words', () => {
    expect(document.openapi).toBe('3.1.0');
    for (const { path, method, operation } of operations)
      expect([method, path, operation.summary]).toEqual([method, path, expect.stringMatching(/^[A-ZÅÄÖ]/)]);
  });

  it('names every error code, and each command its own', () => {
    for (const { code } of problemCatalogue) expect(file).toContain(`"${code}"`);
    for (const step of allSteps) {
      const { responses } = commandAt(step.path);
      for (const { code, status } of problemsOf(step))
        expect([step.name, described(responses[status])]).toEqual([step.name, expect.stringContaining(`\`${code}\``)]);
    }
  });

  it('gives each command an example that its own schema and its event type allow', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'openapi', components: document.components });
    for (const { name, path, records, example, fields = {} } of allSteps) {
      const body = commandAt(path).requestBody?.content['application/json'];
      expect([name, body?.examples?.['exempel']?.value]).toEqual([name, example]);
      const valid = ajv.compile({ $ref: `openapi${body?.schema.$ref}` });
      expect([name, valid(example), valid.errors]).toEqual([name, true, null]);
      const given = { ...example };
      if (name !== 'CorrectEntry') delete given['effectiveOn'];
      const params = [...path.matchAll(/:(\w+)/g)]
        .map(([, param]) => String(param))
        .filter((param) => param !== 'id' || 'id' in fields);
      const placeholder = '5f0c8d2a-9999-4a6b-9c3d-000000000001';
      const made = records.defines ? { [records.defines.path]: placeholder } : {};
      const data = {
        ...(name === 'AgreePlan' ? { version: 1 } : {}),
        ...made,
        ...Object.fromEntries(params.map((param) => [fields[param] ?? param, placeholder])),
        ...given,
      };
      expect([name, records.schema.safeParse(data).error?.issues]).toEqual([name, undefined]);
    }
  });

  it('documents what every command takes in its head', () => {
    for (const step of allSteps) {
      const names = commandAt(step.path).parameters?.map(({ name }) => name) ?? [];
      expect(names).toEqual(
        expect.arrayContaining([
          'X-Actor-Id',
          'X-Actor-Role',
          'Idempotency-Key',
          'dryRun',
          ...(step.records.opens ? [] : ['If-Match']),
        ]),
      );
    }
  });
});

describe('the documentation that the server shows', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
    await setTheScene(server);
  });
  afterAll(() => server.close());

  it('is the same document, and a page that a browser can show under the security headers', async () => {
    expect(await (await fetch(`${server.url}/api/docs/openapi.json`)).json()).toEqual(JSON.parse(file));
    const page = await fetch(`${server.url}/api/docs`);
    expect(page.status).toBe(200);
    const html = await page.text();
    // Only scripts of our own, none inside the page: the content security policy allows nothing else.
    expect([...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/g)]).toEqual([]);
  });
});
