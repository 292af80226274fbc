import { signCheckpoint } from '../checkpoint.js';
import type { KeptHead } from '../head-store.js';
import { SigningKey } from '../signing-key.js';

const key = SigningKey.ephemeral();

/** What was signed over so many events; of another fork it has another root. */
export function headOver(size: number, fork = 0): KeptHead {
  const signed = signCheckpoint(
    {
      v: 2,
      origin: 'fok/7d0f6b0e-0000-4000-8000-000000000001',
      register: '7d0f6b0e-0000-4000-8000-000000000001',
      size,
      root: Buffer.alloc(32, fork * 100 + size).toString('hex'),
      lastEvent: 'e',
      lastPosition: String(size),
      at: '2026-11-30T10:00:00.000Z',
      keyId: key.publicKey.id,
    },
    key,
  );
  return { signed };
}
