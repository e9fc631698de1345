import { fromBase64Url } from '../bytes/base64url.ts';
import type { Json } from '../bytes/json.ts';
import { CONTRACT_LIMITS as MAX } from './names.ts';
import { closed, identifier, step, stop, texts, words } from './place.ts';

/** Checks the card of the publisher; answers its key, null for a service that is built in. */
export function checkService(value: Json | undefined, at: string): { key: string | null } {
  const card = closed(value, at, ['id', 'name', 'title', 'publisher', 'key'], ['website', 'support', 'endpoint', 'origins']);
  const name = identifier(card['name'], `${at}/name`);
  words(card['title'], `${at}/title`, MAX.title);
  words(card['publisher'], `${at}/publisher`, MAX.title);
  for (const member of ['website', 'support', 'endpoint'] as const) {
    if (member in card) address(card[member], `${at}/${member}`, member === 'support');
  }
  if ('origins' in card) {
    for (const [i, origin] of texts(card['origins'], `${at}/origins`, MAX.origins, 0).entries()) {
      address(origin, step(`${at}/origins`, i), false);
      if (new URL(origin).origin !== origin) stop('bad_address', step(`${at}/origins`, i), 'An origin has no path: https://host or https://host:port.');
    }
  }
  return card['key'] === null ? builtIn(card, name, at) : keyed(card, at);
}

function builtIn(card: { [name: string]: Json }, name: string, at: string): { key: null } {
  if (card['id'] !== name) stop('bad_id', `${at}/id`, 'A service without a key has its name as id.');
  for (const member of ['endpoint', 'origins']) if (member in card) stop('no_service_caller', `${at}/${member}`, 'A service without a key calls nobody.');
  return { key: null };
}

function keyed(card: { [name: string]: Json }, at: string): { key: string } {
  const key = encoded(card['key'], `${at}/key`, 32, 'bad_key');
  encoded(card['id'], `${at}/id`, 32, 'bad_id');
  return { key };
}

/** Checks what a signature looks like and by whose key it is; whether it is true, verifyContract says. */
export function checkSignatureShape(value: Json | undefined, at: string, key: string | null): void {
  if (key === null) stop('signature_without_key', at, 'A service without a key signs nothing.');
  const signature = closed(value, at, ['key', 'at', 'sig']);
  if (signature['key'] !== key) stop('bad_signature', `${at}/key`, 'The key is that of the service.');
  if (typeof signature['at'] !== 'string' || !/^[0-9a-f]{16}$/.test(signature['at'])) stop('bad_signature', `${at}/at`, '16 hex digits.');
  encoded(signature['sig'], `${at}/sig`, 64, 'bad_signature');
}

function encoded(value: Json | undefined, at: string, length: number, code: string): string {
  return typeof value === 'string' && fromBase64Url(value, length) !== null ? value : stop(code, at, `${length} bytes as base64url without padding.`);
}

function address(value: Json | undefined, at: string, mail: boolean): void {
  const text = words(value, at, MAX.address);
  const url = URL.parse(text);
  const fine = url !== null && (text.startsWith('https://') || isLocal(text, url) ? url.username === '' && url.password === '' : mail && text.startsWith('mailto:'));
  if (!fine) stop('bad_address', at, mail ? 'https://… or mailto:…' : 'https://…');
}

/** A service that runs on the machine of whoever looks at it, as while it is being made. */
const isLocal = (text: string, { hostname }: URL): boolean => text.startsWith('http://') && (hostname === 'localhost' || hostname === '127.0.0.1');
