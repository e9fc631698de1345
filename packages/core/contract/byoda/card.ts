import type { Json, JsonObject } from '../../bytes/json.ts';
import { frame } from '../../bytes/frame.ts';
import { toBase64Url } from '../../bytes/base64url.ts';
import type { Suite } from '../../suite.ts';
import { serviceId } from '../hash.ts';
import { CONTRACT_LIMITS as MAX } from '../names.ts';
import { aList, count, step, stop, words } from '../place.ts';
import type { ServiceCard } from '../types.ts';
import type { Notes } from '../notes.ts';

const SERVICES = 4_294_967_295;

/** The number by which BYODA knows the service. */
export function serviceNumber(value: Json | undefined): number {
  return value === 0 ? 0 : count(value, '/service_id', SERVICES);
}

/**
 * The card of the publisher. `key` is whose the service is here; without one it is made of the file's name and number, and
 * since nobody can have the secret to it, nobody speaks as the service.
 */
export function cardOf(suite: Suite, file: JsonObject, key: Uint8Array | undefined, notes: Notes): ServiceCard {
  const title = words(file['name'], '/name', MAX.title);
  const name = nameOf(title);
  const own = key ?? suite.sha256(frame('commonhold/byoda/1', String(serviceNumber(file['service_id'])), name));
  const origins = originsOf(file['cors_origins'], notes);
  const website = address(file['website'], '/website', '', notes);
  const support = address(file['supportemail'], '/supportemail', 'mailto:', notes);
  return {
    id: serviceId(suite, own, name), name, title, publisher: words(file['owner'], '/owner', MAX.title), key: toBase64Url(own),
    ...(website === null ? {} : { website }), ...(support === null ? {} : { support }), ...(origins.length === 0 ? {} : { origins }),
  };
}

/** A name of ours for a title of theirs: what is neither letter nor digit is `_`. */
function nameOf(title: string): string {
  const found = title.toLowerCase().match(/[a-z0-9]+/g)?.join('_') ?? '';
  const named = /^[a-z]/.test(found) ? found : `s_${found}`;
  return found === '' ? stop('bad_name', '/name', 'A name has a letter or a digit of the Latin alphabet.') : named.slice(0, 63);
}

function address(value: Json | undefined, at: string, scheme: string, notes: Notes): string | null {
  const text = scheme + words(value, at, MAX.address - scheme.length);
  const url = URL.parse(text);
  if (url !== null && url.username === '' && url.password === '' && (scheme !== '' || url.protocol === 'https:')) return text;
  notes.add('left_out', at);
  return null;
}

function originsOf(value: Json | undefined, notes: Notes): string[] {
  const origins = new Set<string>();
  for (const [i, one] of aList(value, '/cors_origins', 256).entries()) {
    const at = step('/cors_origins', i);
    const said = words(one, at, MAX.address);
    const origin = said.includes('://') ? said : `https://${said}`;
    const url = URL.parse(origin);
    if (url === null || url.origin !== origin || url.protocol !== 'https:' || origins.size >= MAX.origins) notes.add('left_out', at);
    else origins.add(origin);
  }
  return [...origins];
}
