import { generateKeyPairSync } from 'node:crypto';
import { isObject, Refusal } from '@commonhold/core';
import { openAuthority, refused, until, type Authority, type AuthorityDeps } from './authority.ts';
import { requestFor } from './csr.ts';
import type { Signer } from './signer.ts';

/** What is asked for, of whom. */
export interface Wish { domain: string; directory: string; email: string | null }

/** How it is proved that the name leads here: `show` puts an answer under a challenge's token on port 80, until it is taken back. */
export interface Prover { show(token: string, answer: string): () => void }

/** A certificate with those that vouch for it, and its key, both PEM. */
export interface Obtained { chain: string; key: string }

/**
 * Obtains a certificate by http-01 (RFC 8555): account, order, proof, request, download. Refuses `acme_silent`, `acme_slow`,
 * `acme_refused` with what the authority said.
 */
export async function obtain({ domain, directory, email }: Wish, signer: Signer, prover: Prover, deps: AuthorityDeps): Promise<Obtained> {
  const authority = await openAuthority(directory, signer, deps);
  const registered = await authority.post(authority.urls['newAccount']!, null, { termsOfServiceAgreed: true, ...(email !== null && { contact: [`mailto:${email}`] }) });
  const account = registered.location ?? nothing();
  const order = await authority.post(authority.urls['newOrder']!, account, { identifiers: [{ type: 'dns', value: domain }] });
  const at = order.location ?? nothing();
  for (const url of textsOf(order.json['authorizations'])) await prove(authority, account, url, { signer, prover, signal: deps.signal });
  const ready = await until(authority, at, account, ['pending'], deps.signal);
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const csr = requestFor(domain, pair.privateKey, pair.publicKey).toString('base64url');
  await authority.post(String(ready.json['finalize'] ?? nothing()), account, { csr });
  const done = await until(authority, at, account, ['ready', 'processing'], deps.signal);
  if (done.json['status'] !== 'valid') throw failure(done.json);
  const { text } = await authority.post(String(done.json['certificate'] ?? nothing()), account);
  if (!text.includes('-----BEGIN CERTIFICATE-----')) return nothing();
  return { chain: text, key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
}

interface Proving { signer: Signer; prover: Prover; signal: AbortSignal }

async function prove(authority: Authority, account: string, url: string, { signer, prover, signal }: Proving): Promise<void> {
  const { json } = await authority.post(url, account);
  if (json['status'] === 'valid') return;
  const challenges = Array.isArray(json['challenges']) ? json['challenges'].filter(isObject) : [];
  const challenge = challenges.find(({ type }) => type === 'http-01');
  const token = String(challenge?.['token'] ?? '');
  if (!challenge || !/^[\w-]{16,512}$/.test(token)) nothing();
  const hide = prover.show(token, signer.answerOf(token));
  try {
    await authority.post(String(challenge!['url']), account, {});
    const proved = await until(authority, url, account, ['pending'], signal);
    if (proved.json['status'] !== 'valid') throw failure(proved.json);
  } finally { hide(); }
}

// The reason stands at the challenge that failed, or at the order.
function failure(json: Readonly<Record<string, unknown>>): Refusal {
  const failed = Array.isArray(json['challenges']) ? json['challenges'].filter(isObject).find(({ error }) => isObject(error)) : undefined;
  const error = failed?.['error'] ?? json['error'];
  return isObject(error) ? refused(String(error['type'] ?? ''), { json: error }) : refused('', { json: {} });
}

const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

const nothing = (): never => { throw new Refusal('unavailable', 'acme_refused', 'The authority for certificates answered with something that the house does not understand.'); };
