import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Page } from '../../kernel/http/pages-beside.js';
import type { Problem } from '../../kernel/http/problem.js';
import { visitorOf, type Visitor } from '../visitor.js';
import { Document } from './document.js';
import { documentOf, PAGE_HEADERS } from './render.js';

/** The page that says what is wrong, and what one does about it. */
export function problemPage(problem: Problem, request: FastifyRequest): Page {
  const page = <ProblemDocument problem={problem} visitor={visitorOf(request)} correlationId={request.id} />;
  return { html: documentOf(page), headers: PAGE_HEADERS };
}

function ProblemDocument({
  problem: { type, occurrence },
  visitor,
  correlationId,
}: {
  readonly problem: Problem;
  readonly visitor: Visitor;
  readonly correlationId: string;
}): VNode {
  const missing = type.code === 'NOT_FOUND';
  return (
    <Document title={`Fel: ${missing ? 'Sidan finns inte' : type.title}`} visitor={visitor}>
      <div class="wrap head prose">
        <h1>{missing ? 'Sidan finns inte' : type.title}</h1>
        <p>{missing ? 'Kontrollera adressen, eller gå till startsidan.' : (occurrence.detail ?? type.detail)}</p>
        <p>
          <a href="/">Till startsidan</a>
        </p>
        <p class="small muted">
          Ärendenummer <code>{correlationId}</code>. Uppge det till den som driver registret om felet kommer tillbaka.
        </p>
      </div>
    </Document>
  );
}
