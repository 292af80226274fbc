import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyRequest } from 'fastify';

/** How the register is reached by the people who open its pages. */
export interface Address {
  /** `https://HOST` or `https://HOST:PORT`, by the call itself where no address was set. */
  of(request: FastifyRequest): string;
}

/** @param publicUrl as set; without one it is by whatever name of this machine somebody calls */
export function addressBy(publicUrl: string | undefined): Address {
  return { of: (request) => publicUrl ?? `${request.protocol}://${request.host}` };
}

/** A cookie by its name over TLS, and over plain http on this machine. */
interface CookieName {
  readonly safe: string;
  readonly plain: string;
}

/** Holds a session. */
export const SESSION: CookieName = { safe: '__Host-fok', plain: 'fok' };
/** Holds a login on its way. */
export const LOGIN: CookieName = { safe: '__Host-fok-in', plain: 'fok-in' };

/**
 * The name of a cookie and how it is set. Browsers take `__Host-` only from https, so over http on this machine, which
 * is where a demo runs, it has another name and is not marked Secure.
 */
export function cookieOf(
  name: CookieName,
  address: string,
): { readonly name: string; readonly options: CookieSerializeOptions } {
  const secure = address.startsWith('https://');
  return {
    name: secure ? name.safe : name.plain,
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure },
  };
}
