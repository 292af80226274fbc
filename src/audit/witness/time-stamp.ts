import { hash, randomBytes } from 'node:crypto';
import { Integer, OctetString } from 'asn1js';
import {
  AlgorithmIdentifier,
  Certificate,
  MessageImprint,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';
import { WitnessError } from './witness-error.js';

const SHA_256 = '2.16.840.1.101.3.4.2.1';
const NONCE_BYTES = 8;

/** A question for a time-stamp authority (RFC 3161). */
export interface TimeStampQuestion {
  /** DER. */
  readonly bytes: Uint8Array;
  /** What the answer must hold, so that no old one is taken for it. */
  readonly nonce: Uint8Array;
}

/** @param note what is to be stamped */
export function askTimeStamp(note: string): TimeStampQuestion {
  const nonce = randomBytes(NONCE_BYTES);
  // A number, not a sign.
  nonce[0]! &= 0x7f;
  nonce[0]! |= 0x40;
  const question = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA_256 }),
      hashedMessage: new OctetString({ valueHex: bytesOf(digestOf(note)) }),
    }),
    nonce: new Integer({ valueHex: bytesOf(nonce) }),
    certReq: true,
  });
  return { bytes: new Uint8Array(question.toSchema().toBER(false)), nonce };
}

/**
 * When an authority says that it had the note before it.
 * @param answer DER, as the authority sent it (`.tsr`)
 * @param roots certificates in PEM of the authorities that are trusted
 * @param nonce of the question, where that is known
 * @returns RFC 3339, UTC
 * @throws WitnessError saying why the stamp proves nothing
 */
export async function timeStampedAt(
  note: string,
  answer: Uint8Array,
  roots: string,
  nonce?: Uint8Array,
): Promise<string> {
  const { signed, info } = readAnswer(answer);
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  if (hashAlgorithm.algorithmId !== SHA_256) throw new WitnessError('the time-stamp is over another kind of hash');
  if (Buffer.compare(new Uint8Array(hashedMessage.valueBlock.valueHexView), digestOf(note)) !== 0)
    throw new WitnessError('the time-stamp is that of something else');
  if (nonce && (!info.nonce || Buffer.compare(info.nonce.valueBlock.valueHexView, nonce) !== 0))
    throw new WitnessError('the time-stamp answers another question');
  const result = await signed
    .verify({
      signer: 0,
      checkChain: true,
      checkDate: info.genTime,
      trustedCerts: certificatesIn(roots),
      data: bytesOf(Buffer.from(note, 'utf8')),
      extendedMode: true,
    })
    .catch((error: unknown) => error);
  if (typeof result !== 'object' || result === null || !('signatureVerified' in result) || !result.signatureVerified)
    throw new WitnessError('the time-stamp is not signed by an authority that is trusted');
  return info.genTime.toISOString();
}

function readAnswer(answer: Uint8Array): { readonly signed: SignedData; readonly info: TSTInfo } {
  try {
    const response = TimeStampResp.fromBER(bytesOf(answer));
    if (response.timeStampToken) {
      const signed = new SignedData({ schema: response.timeStampToken.content });
      const content = signed.encapContentInfo.eContent;
      if (content) return { signed, info: TSTInfo.fromBER(content.getValue()) };
    }
  } catch (error) {
    throw new WitnessError('the answer of the time-stamp authority cannot be read', { cause: error });
  }
  throw new WitnessError('the time-stamp authority refused');
}

/** @throws WitnessError when there is none, or one cannot be read */
export function certificatesIn(pem: string): Certificate[] {
  const found = [...pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)];
  if (found.length === 0) throw new WitnessError('there is no certificate of a time-stamp authority (PEM)');
  try {
    return found.map(([, base64 = '']) => Certificate.fromBER(bytesOf(Buffer.from(base64, 'base64'))));
  } catch (error) {
    throw new WitnessError('a certificate of a time-stamp authority cannot be read', { cause: error });
  }
}

/** What a time-stamp is over: SHA-256 of the note. */
export function digestOf(note: string): Buffer {
  return hash('sha256', Buffer.from(note, 'utf8'), 'buffer');
}

/** Bytes in a buffer of their own, as the library takes them. */
function bytesOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
