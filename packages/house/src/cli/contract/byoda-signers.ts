import { constants, createPublicKey, verify, X509Certificate, type KeyObject } from 'node:crypto';
import { byodaSignatures, Refusal, type ByodaSignature } from '@commonhold/core';
import { orRefusal } from '@commonhold/sdk/contract';
import { UsageError } from '../usage-error.ts';

/** Who signs a contract file of BYODA. */
export const SIGNERS = ['service', 'network'] as const;

/** PEM texts of certificates, or of bare public keys. */
export type Certificates = Partial<Record<(typeof SIGNERS)[number], string>>;

/** Lines about the signatures of a file. Refuses `bad_signature` where one is not by the certificate that was named. */
export const byodaSigners = (text: string, certificates: Certificates): string[] =>
  orRefusal(byodaSignatures(text)).map((signature) => {
    const pem = certificates[signature.by];
    const whose = `signature of the ${signature.by} (${signature.certificate})`;
    if (pem === undefined) return `${whose}: not checked, name its certificate`;
    check(signature, pem);
    return `${whose}: true`;
  });

function check({ by, bytes, signature, certificate }: ByodaSignature, pem: string): void {
  const key = keyOf(pem, certificate);
  const good = key !== null && verify('sha256', bytes, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_MAX_SIGN }, signature);
  if (!good) throw new Refusal('invalid', 'bad_signature', 'The signature is not by this certificate.', { field: `/signatures/${by}` });
}

/** The key of a certificate of this name, or the bare key; null when the certificate has another name. */
function keyOf(pem: string, name: string): KeyObject | null {
  try {
    if (!pem.includes('BEGIN CERTIFICATE')) return createPublicKey(pem);
    const { subject, publicKey } = new X509Certificate(pem);
    return subject.split('\n').includes(`CN=${name}`) ? publicKey : null;
  } catch {
    throw new UsageError('This is neither a certificate nor a public key in PEM.');
  }
}
