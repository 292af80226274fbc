import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** Where people read the documentation; the document itself lies beside it. */
export const DOCS_PATH = 'api/docs';

/** The OpenAPI 3.1 document of the whole API, made from the code. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Register över fast omsorgskontakt')
    .setDescription(
      'Varje steg i processen registreras som en händelse som aldrig ändras. Kommandon svarar med händelsen, dess ETag och varningar för det som bryter mot en regel; läsningar svarar med läget, historiken och bedömningen, som de är eller som de var kända vid en tidpunkt. Fel är application/problem+json med en stabil kod.',
    )
    .setVersion('1')
    .build();
  return SwaggerModule.createDocument(app, config);
}

/** Serves the document and a page to read it on. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup(DOCS_PATH, app, () => openApiDocument(app), { jsonDocumentUrl: `${DOCS_PATH}/openapi.json`, yamlDocumentUrl: `${DOCS_PATH}/openapi.yaml` });
}
