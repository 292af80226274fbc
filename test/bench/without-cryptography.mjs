// Loaded before the program to see what chain and encryption cost: SHA-256 and AES-GCM give results of the right length
// and do nothing.
// Everything else is as it is. What is written this way is good for nothing but being measured.
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

const NO_HASH = Buffer.alloc(32);
const NO_TAG = Buffer.alloc(16);
const hash = crypto.hash;

crypto.hash = (algorithm, data, encoding) => {
  if (algorithm !== 'sha256') return hash(algorithm, data, encoding);
  return encoding === 'buffer' ? Buffer.from(NO_HASH) : NO_HASH.toString(encoding);
};

class NoCipher {
  setAAD() {}
  setAuthTag() {}
  update(data, encoding) {
    return Buffer.from(data, encoding);
  }
  final() {
    return Buffer.alloc(0);
  }
  getAuthTag() {
    return NO_TAG;
  }
}
crypto.createCipheriv = () => new NoCipher();
crypto.createDecipheriv = () => new NoCipher();
syncBuiltinESMExports();
