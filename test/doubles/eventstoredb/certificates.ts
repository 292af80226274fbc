import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificate {
  readonly key: Buffer;
  readonly certificate: Buffer;
}

/** A certificate authority of the tests, as files in a folder. It needs openssl. */
export class CertificateAuthority {
  /** The file that clients are to trust. */
  readonly file: string;
  private issued = 0;

  constructor(private readonly folder: string) {
    this.file = join(folder, 'ca.pem');
    const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', this.path('ca.key')];
    openssl(
      'req',
      '-x509',
      ...key,
      '-days',
      '2',
      '-subj',
      '/CN=Test CA',
      '-addext',
      'keyUsage=critical,keyCertSign',
      '-out',
      this.file,
    );
  }

  /**
   * @param names what the certificate is for, as `IP:127.0.0.1,DNS:localhost`
   * @param days how long it is good; below 0 it is not any more
   */
  issue(names: string, days = 1): Certificate {
    const name = `node${this.issued++}`;
    const [key, request, certificate] = [this.path(`${name}.key`), this.path(`${name}.csr`), this.path(`${name}.pem`)];
    openssl(
      'req',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-subj',
      `/CN=${name}`,
      '-addext',
      `subjectAltName=${names}`,
      '-out',
      request,
    );
    const signed = ['-CA', this.file, '-CAkey', this.path('ca.key'), '-CAcreateserial', '-copy_extensions', 'copy'];
    openssl('x509', '-req', '-in', request, ...signed, '-days', String(days), '-out', certificate);
    return { key: readFileSync(key), certificate: readFileSync(certificate) };
  }

  private path(name: string): string {
    return join(this.folder, name);
  }
}

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
