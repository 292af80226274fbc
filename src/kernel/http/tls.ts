import { readFile, stat } from 'node:fs/promises';
import type { Server } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { TlsFiles } from '../config/sign-in-settings.js';

/** A certificate, with those that it rests on, and its key, as PEM. */
export interface TlsPair {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** So often it is looked whether the files have changed, in milliseconds. */
const LOOK_MS = 30_000;

/**
 * The pair that the files hold.
 * @throws TlsUnusable, naming both, where they hold none or the two do not belong together
 */
export async function readTlsPair({ cert, key }: TlsFiles): Promise<TlsPair> {
  try {
    const pair = { cert: await readFile(cert), key: await readFile(key) };
    createSecureContext(pair);
    return pair;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new TlsUnusable(`TLS_CERT (${cert}) and TLS_KEY (${key}) are no certificate with its key: ${code}`);
  }
}

/** The server cannot prove who it is. The message says which files are wrong, and nothing of the key. */
export class TlsUnusable extends Error {}

export interface TlsWatch {
  readonly lookMs?: number;
  /** Told when a new pair is in use, and why one is not. */
  readonly onChange: (trouble?: Error) => void;
}

/**
 * Gives the server what its files hold, whenever they change or somebody sends SIGHUP: connections from then on see it,
 * those that are there go on. A pair that cannot be used is told, and the one before stays.
 * @returns ends the watch
 */
export function followTlsFiles(server: Server, files: TlsFiles, { lookMs = LOOK_MS, onChange }: TlsWatch): () => void {
  let seen = changeOf(files);
  const take = async (): Promise<void> => {
    try {
      server.setSecureContext(await readTlsPair(files));
      onChange();
    } catch (error) {
      onChange(error as Error);
    }
  };
  const look = async (): Promise<void> => {
    const before = await seen;
    seen = changeOf(files);
    if ((await seen) !== before) await take();
  };
  const timer = setInterval(() => void look(), lookMs).unref();
  const onHangUp = (): void => void take();
  process.on('SIGHUP', onHangUp);
  return () => {
    clearInterval(timer);
    process.off('SIGHUP', onHangUp);
  };
}

/** Differs when either file was written; also while one is missing, as in the middle of an exchange. */
async function changeOf({ cert, key }: TlsFiles): Promise<string> {
  const times = await Promise.all(
    [cert, key].map((file) =>
      stat(file).then(
        ({ mtimeMs, ino, size }) => `${mtimeMs} ${ino} ${size}`,
        () => 'missing',
      ),
    ),
  );
  return times.join('|');
}
