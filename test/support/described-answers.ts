import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { answerSchemas } from '../../src/answers/http/answer-schemas.js';

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly responses: Readonly<
              Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
            >;
          }
        >
      >
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const document = JSON.parse(
  readFileSync(new URL('../../docs/reference/openapi.json', import.meta.url), 'utf8'),
) as Document;
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
// The document leaves room for members to come. The schemas it is made of do not: what is answered today, they name.
ajv.addSchema({ $id: 'openapi', components: { schemas: { ...document.components.schemas, ...answerSchemas } } });

interface Described {
  readonly method: string;
  readonly address: RegExp;
  readonly status: string;
  readonly valid: ValidateFunction;
}

const described: readonly Described[] = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.entries(operations).flatMap(([method, { responses }]) =>
    Object.entries(responses).flatMap(([status, { content }]) => {
      const schema = content?.['application/json']?.schema;
      if (!schema) return [];
      const text = JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components');
      return [
        {
          method: method.toUpperCase(),
          address: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
          status,
          valid: ajv.compile(JSON.parse(text) as object),
        },
      ];
    }),
  ),
);

/**
 * Whatever a test asks, what is answered with success is as the OpenAPI document says, and says nothing that the
 * document does not.
 * @param url with or without a query
 * @throws Error that names what differs
 */
export function mustBeDescribed(method: string, url: string, status: number, body: unknown): void {
  if (status < 200 || status > 299 || typeof body !== 'object') return;
  const [path = ''] = url.split('?');
  const found = described.find(
    (one) => one.method === method && one.status === String(status) && one.address.test(path),
  );
  if (!found) return;
  if (!found.valid(body))
    throw new Error(
      `${method} ${url} is not answered as the OpenAPI document says: ${ajv.errorsText(found.valid.errors)}`,
    );
}
