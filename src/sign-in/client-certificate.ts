import { createHash, X509Certificate } from 'node:crypto';

/**
 * The SHA-256 thumbprint, in base64url as `cnf` has it (RFC 8705 §3.1), of the certificate that the gateway says a
 * caller has shown: `:BASE64:` of RFC 9440, or PEM that nginx has escaped.
 * @returns undefined for what is no certificate
 */
export function thumbprintOf(header: string): string | undefined {
  try {
    const der = /^:(?<base64>[A-Za-z0-9+/=]+):$/.exec(header.trim())?.groups?.['base64'];
    const certificate = new X509Certificate(
      der === undefined ? decodeURIComponent(header) : Buffer.from(der, 'base64'),
    );
    return createHash('sha256').update(certificate.raw).digest('base64url');
  } catch {
    return undefined;
  }
}
