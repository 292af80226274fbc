import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** What a page may load and where its forms may go: this server, and nothing that stands in the page itself. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Header fields of every page. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'referrer-policy': 'same-origin',
};

/** The document as text. What people wrote is escaped; nothing of it becomes markup. */
export function documentOf<P>(page: VNode<P>): string {
  return `<!doctype html>\n${renderToString(page)}`;
}

/** Answers with a page. @returns the body, for a handler to return */
export function answerPage<P>(reply: FastifyReply, page: VNode<P>): string {
  reply.headers(PAGE_HEADERS);
  return documentOf(page);
}
