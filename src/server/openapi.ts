import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { httpProblems } from '../kernel/http/http-problems.js';
import { problemResponses } from '../kernel/http/openapi.js';
import type { ProblemType } from '../kernel/http/problem.js';
import { problemCatalogue } from './problem-catalogue.js';
import { GROUPS, groupOf, parameterWords } from './openapi-words.js';
import { answerProblems } from '../judgement/answer-problems.js';
import { answerSchemaOf, answerSchemas } from '../answers/http/answer-schemas.js';

/** Ids that the examples name, by the resource or the parameter that they are of. */
const EXAMPLES: Readonly<Record<string, string>> = {
  controllers: '5f0c8d2a-0000-4a6b-9c3d-000000000001',
  units: '5f0c8d2a-1111-4a6b-9c3d-000000000001',
  staff: '5f0c8d2a-2222-4a6b-9c3d-000000000001',
  recipients: '5f0c8d2a-3333-4a6b-9c3d-000000000001',
  'care-episodes': '5f0c8d2a-4444-4a6b-9c3d-000000000001',
  assignment: '5f0c8d2a-5555-4a6b-9c3d-000000000001',
  consent: '5f0c8d2a-6666-4a6b-9c3d-000000000001',
  event: '5f0c8d2a-7777-4a6b-9c3d-000000000001',
  offer: '5f0c8d2a-aaaa-4a6b-9c3d-000000000001',
  plan: '5f0c8d2a-bbbb-4a6b-9c3d-000000000001',
};

/** Where people read the documentation; the document itself lies beside it. */
export const DOCS_PATH = 'api/docs';

/** What a question can be answered with besides its answer. */
const QUESTION_PROBLEMS: readonly ProblemType[] = [
  httpProblems.BODY_TOO_DEEP,
  httpProblems.BODY_TOO_WIDE,
  httpProblems.DUPLICATE_MEMBER,
  httpProblems.VALIDATION_FAILED,
  httpProblems.CONSISTENCY_TOKEN_MALFORMED,
  httpProblems.CURSOR_MALFORMED,
  httpProblems.NOT_ACCEPTABLE,
  httpProblems.BODY_TOO_LARGE,
  httpProblems.UNSUPPORTED_MEDIA_TYPE,
  httpProblems.URI_TOO_LONG,
  httpProblems.STALE_READ,
  ...Object.values(answerProblems),
];

/** The OpenAPI 3.1 document of the whole API, made from the code. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Register över fast omsorgskontakt')
    .setDescription(
      'Varje steg i processen registreras som en händelse som aldrig ändras. Kommandon svarar med händelsen, dess ETag och varningar för det som bryter mot en regel; läsningar svarar med läget, historiken och bedömningen, som de är eller som de var kända vid en tidpunkt. Fel är application/problem+json med en stabil kod.',
    )
    .setVersion('1')
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'Åtkomstintyg från inloggningstjänsten. Det behövs inte där registret körs utan inloggning.',
      },
      'bearer',
    )
    .addSecurityRequirements({})
    .addSecurityRequirements('bearer')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .build();
  return complete(SwaggerModule.createDocument(app, config, { autoTagControllers: false }));
}

/** Serves the document and a page to read it on. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup(DOCS_PATH, app, () => openApiDocument(app), {
    jsonDocumentUrl: `${DOCS_PATH}/openapi.json`,
    yamlDocumentUrl: `${DOCS_PATH}/openapi.yaml`,
  });
}

// Questions share their errors; commands say their own. Every code there is stands in the schema of problems.
function complete(document: OpenAPIObject): OpenAPIObject {
  const shared = new SharedResponses();
  for (const [address, path] of Object.entries(document.paths)) {
    for (const operation of [path.get, path.post]) {
      if (!operation) continue;
      for (const parameter of operation.parameters ?? []) {
        if (!('in' in parameter)) continue;
        if (parameter.in === 'path') parameter.example ??= exampleOf(address, parameter.name);
        const words = parameterWords(address, parameter.name);
        if (words !== undefined) parameter.description ??= words;
      }
      const group = groupOf(address);
      if (group !== undefined) operation.tags = [group];
      describeAnswer(operation);
      if (!('500' in operation.responses)) Object.assign(operation.responses, problemResponses(QUESTION_PROBLEMS));
      for (const [status, response] of Object.entries(operation.responses))
        if (Number(status) >= 400 && response)
          Object.assign(operation.responses, { [status]: shared.refer(status, response) });
    }
  }
  const problem = document.components?.schemas?.['ProblemDto'];
  if (problem && 'properties' in problem)
    Object.assign(problem.properties?.['code'] ?? {}, { enum: problemCatalogue.map(({ code }) => code) });
  const schemas = { ...openEnded(answerSchemas), ...document.components?.schemas };
  const tags = Object.values(GROUPS).map((name) => ({ name }));
  return { ...document, tags, components: { ...document.components, schemas, responses: shared.responses } };
}

/** What a question is answered with, made from the type of the answer. More members may come, so the document does not forbid them. */
function describeAnswer({ operationId = '', responses }: OperationObject): void {
  const schema = answerSchemaOf[operationId];
  if (!schema) return;
  const { content, ...response } = (responses['200'] ?? {}) as ResponseObject;
  responses['200'] = { ...response, description: 'Svaret', content: { 'application/json': { schema }, ...content } };
}

function openEnded(schemas: Readonly<Record<string, object>>): Record<string, SchemaObject> {
  return JSON.parse(JSON.stringify(schemas), (name, value: unknown) =>
    name === 'additionalProperties' && value === false ? undefined : value,
  ) as Record<string, SchemaObject>;
}

function exampleOf(address: string, parameter: string): string | undefined {
  return EXAMPLES[parameter === 'id' ? (address.split('/')[3] ?? '') : parameter];
}

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;
type ResponseObject = Extract<NonNullable<OperationObject['responses'][string]>, { readonly description: string }>;
type SchemaObject = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];
type SharedResponse = NonNullable<NonNullable<OpenAPIObject['components']>['responses']>[string];

/** The responses of errors, each written once however many operations have it. */
class SharedResponses {
  readonly responses: Record<string, SharedResponse> = {};
  private readonly nameByText = new Map<string, string>();
  private readonly perStatus = new Map<string, number>();

  refer(status: string, response: SharedResponse): { readonly $ref: string } {
    const text = JSON.stringify(response);
    let name = this.nameByText.get(text);
    if (name === undefined) {
      const count = (this.perStatus.get(status) ?? 0) + 1;
      name = `Problem${status}.${count}`;
      this.perStatus.set(status, count);
      this.nameByText.set(text, name);
      this.responses[name] = response;
    }
    return { $ref: `#/components/responses/${name}` };
  }
}
