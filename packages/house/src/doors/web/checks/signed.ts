import type { IncomingMessage } from 'node:http';
import { contentDigest, Refusal, verifyRequest, type SignedRequest, type Suite } from '@commonhold/core';
import type { Caller } from '../../../firewall/caller.ts';
import type { Signers } from '../../../firewall/signers.ts';
import { deviceSession } from '../../../household/keys/index.ts';
import type { Household } from '../../../household/household.ts';
import type { Session } from '../../../household/ports.ts';

/** Who signed a request. */
export interface SignedProof {
  caller: Caller;
  /** Whose device it is; null for a service. */
  session: Session | null;
  /** Whose rate it counts against. */
  rated: string;
  /** To be called with the body before anything is answered or done. Refuses `digest_wrong`, `signature_replayed`. */
  seal(body: Uint8Array): void;
}

/** What the proof needs. */
export interface SignedDeps { suite: Suite; signers: Signers; household: Pick<Household, 'personOf'>; clock(): number }
/** How the request came: its address as it was asked, the namespace that it is for, and from where. */
interface Around { target: string; params: Readonly<Record<string, string>>; from: string; /** Counts a try that proves nothing. */ miss(): void }

/** Whether a request says that it is signed. */
export const isSigned = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean => headers['signature-input'] !== undefined;

/**
 * Proves who signed a request (spec/signatures.md): the service whose namespace is asked for, or a device of somebody at home here.
 * A right signature of a key that is nobody's here is a caller, too: the gate finds nothing for it. Refuses core's codes, `two_proofs`, `device_unknown`.
 */
export function proveSigned(deps: SignedDeps, { method, headers }: Pick<IncomingMessage, 'method' | 'headers'>, { target, params, from, miss }: Around): SignedProof {
  const no = (code: string, say: string, field?: string): never => {
    miss();
    throw new Refusal('unauthenticated', code, say, field === undefined ? {} : { field });
  };
  if (headers.authorization !== undefined) no('two_proofs', 'A request is signed, or it has a token: not both.', 'authorization');
  const read = verifyRequest(deps.suite, { method: method ?? '', target, headers }, deps.clock());
  const signed = read.ok ? read.value : no(read.code, read.message, read.at);
  const { key, persona } = signed;
  if (persona !== null) {
    const person = deps.signers.isDevice(key, persona) ? deps.household.personOf(persona) : null;
    const session = person ? sessionOf(key, person) : no('device_unknown', 'This key is of no device that may act for that person here.', 'signature-input');
    return { caller: { kind: 'person', persona, session: session.id }, session, rated: persona, seal: sealBy(deps, signed, true) };
  }
  const { persona: owner = '', service = '' } = params;
  const isKnown = deps.signers.isService(key, owner, service);
  return { caller: { kind: 'service', service, key }, session: null, rated: isKnown ? `service ${service}` : from, seal: sealBy(deps, signed, isKnown) };
}

const sessionOf = (device: string, { persona, handle, role }: Pick<Session, 'persona' | 'handle' | 'role'>): Session => ({ id: deviceSession(device), persona, handle, role });

// What is nobody's is answered as if nothing were there, however often: its nonces would only fill the disk.
function sealBy({ suite, signers }: SignedDeps, { digest, key, nonce, expires }: SignedRequest, isKnown: boolean): SignedProof['seal'] {
  return (body) => {
    if (contentDigest(suite, body) !== digest) throw new Refusal('unauthenticated', 'digest_wrong', 'The body is not the one that was signed.', { field: 'content-digest' });
    if (isKnown && !signers.take(key, nonce, expires * 1000)) throw new Refusal('unauthenticated', 'signature_replayed', 'This very request was here before. Sign it anew to ask again.', { field: 'signature-input' });
  };
}
