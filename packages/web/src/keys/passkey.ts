import { ApiError, type Passkey, type SignedIn } from '@commonhold/sdk';
import { client } from '../state/client.ts';
import { house } from '../state/session.ts';

/* The browser's own readers of JSON came in 2023 to 2025, browser by browser; without them there is no offer. */
const knows = (reader: 'parseCreationOptionsFromJSON' | 'parseRequestOptionsFromJSON'): boolean =>
  typeof PublicKeyCredential !== 'undefined' && typeof PublicKeyCredential[reader] === 'function';

/** Whether passkeys work here: this browser knows them, and the house is at an address that browsers take them at. */
export const passkeysHere = (): boolean =>
  house.value?.passkeys === true && isSecureContext && knows('parseCreationOptionsFromJSON') && knows('parseRequestOptionsFromJSON');

/** What the person did instead of answering: closed the browser's question, or let it pass. Nothing to say about it. */
export const wasLeft = (error: unknown): boolean =>
  error instanceof DOMException && ['NotAllowedError', 'AbortError', 'TimeoutError'].includes(error.name);

/* The house takes the fields that it knows; a browser may tell more one day. */
const FIELDS = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle', 'transports'];

function shown(credential: Credential | null): Record<string, unknown> {
  if (!(credential instanceof PublicKeyCredential)) throw new DOMException('', 'NotAllowedError');
  const { id, rawId, type, response } = credential.toJSON() as unknown as { id: string; rawId: string; type: string; response: Record<string, unknown> };
  const own = Object.fromEntries(FIELDS.filter((name) => response[name] !== undefined).map((name) => [name, response[name]]));
  return { id, rawId, type, response: own, clientExtensionResults: {} };
}

/* What else a browser refuses with is no fault of the house, and not of the person's either. */
async function asked<T>(question: () => Promise<T>): Promise<T> {
  try { return await question(); } catch (cause) {
    if (!(cause instanceof DOMException) || wasLeft(cause)) throw cause;
    throw new ApiError(0, cause.name === 'InvalidStateError' ? 'passkey_known' : 'passkey_failed', cause.name, { cause });
  }
}

/** Makes a passkey for whoever is logged in. Throws `ApiError`, or a `DOMException` of `wasLeft`. */
export async function addPasskey(label: string): Promise<Omit<Passkey, 'used'>> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await client.passkeys.options() as unknown as PublicKeyCredentialCreationOptionsJSON);
  return client.passkeys.add(await asked(async () => shown(await navigator.credentials.create({ publicKey }))), label);
}

/** Logs in by a passkey that the browser offers; `quiet` among the suggestions of a field. Throws as `addPasskey` does. */
export async function enterByPasskey(label: string, { quiet, signal }: { quiet?: boolean; signal?: AbortSignal } = {}): Promise<SignedIn> {
  const options = await client.passkeys.enterOptions(signal && { signal });
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as unknown as PublicKeyCredentialRequestOptionsJSON);
  const credential = await asked(() => navigator.credentials.get({ publicKey, ...(quiet && { mediation: 'conditional' }), ...(signal && { signal }) }));
  return client.passkeys.enter(shown(credential), label);
}

/** Whether the browser can offer passkeys among the suggestions of a field. */
export const suggestsPasskeys = async (): Promise<boolean> =>
  passkeysHere() && await PublicKeyCredential.isConditionalMediationAvailable?.().catch(() => false) === true;
