import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';

/**
 * The header fields that tell a browser what it may do with an answer, the same for every answer: helmet's own but for
 * styles within a page, and for calls over http, which are not to become https by themselves. A page sets stricter ones.
 * @returns names in lower case, and what stands there
 */
export function securityHeaders(): Readonly<Record<string, string>> {
  const protect = helmet({
    contentSecurityPolicy: { directives: { styleSrc: ["'self'", "'unsafe-inline'"], upgradeInsecureRequests: null } },
  });
  // Helmet writes them onto an answer, one by one. None of them depends on the call.
  const request = new IncomingMessage(new Socket());
  const answer = new ServerResponse(request);
  protect(request, answer, (error) => {
    if (error instanceof Error) throw error;
  });
  return Object.fromEntries(Object.entries(answer.getHeaders()).map(([name, value]) => [name, String(value)]));
}
