import { createHash } from 'node:crypto';
import { placeOf } from '../checks/place.ts';
import type { WebDeps } from '../ports.ts';
import { none, ok, route, signedIn, type Call, type Route } from '../route.ts';
import { flag, list, named, shape, text, whole } from '../shapes.ts';

/** Seed of somebody's pattern where the persona itself should not be shown. */
export const faceOf = (persona: string): string => createHash('sha256').update(persona).digest('base64url').slice(0, 16);

/** The house as anybody may see it; `host` is the name by which they came. */
export function houseCard({ household, network, guest }: Pick<WebDeps, 'household' | 'network' | 'guest'>, host: string | undefined): Record<string, unknown> {
  const { settings } = household;
  const steward = household.people().find((person) => person.role === 'steward');
  return {
    founded: steward !== undefined, id: household.persona, title: settings.get('title') ?? '', note: settings.get('note') || null,
    rules: settings.get('rules') ?? [], people: household.count(), capacity: household.capacity,
    steward: steward ? { name: steward.name, face: faceOf(steward.persona) } : null, reach: network.reach, secure: network.secure,
    passkeys: placeOf(network, host) !== null, front: settings.get('front') ?? false, ...(guest && { demo: true }),
  };
}

/** The house: its card, its settings, its network, its kit. */
export function houseRoutes(deps: Pick<WebDeps, 'household' | 'network' | 'guest'>): Route[] {
  const { household, network } = deps;
  const card = ({ headers }: Pick<Call, 'headers'>): Record<string, unknown> => houseCard(deps, headers.host);
  const where = (): Record<string, unknown> => ({ lan: network.lan, urls: network.urls, reach: network.reach, secure: network.secure });
  return [
    route({
      method: 'GET', path: '/house', summary: 'The house as anybody may see it', auth: 'any', limit: 'read',
      answers: { 200: named('House') }, handler: (call) => ok(card(call)),
    }),
    signedIn<{ title?: string; note?: string; rules?: string[]; blobBytes?: number; postLimit?: number; front?: boolean }>({
      method: 'PUT', path: '/house/settings', summary: 'Change title, note or rules, how many bytes of files a pod may keep, how many characters a post may have, or whether the house has a front page', auth: 'steward', limit: 'write',
      body: shape({ 'title?': text(60, 1), 'note?': text(500), 'rules?': list(text(200), 10), 'blobBytes?': { type: 'integer', minimum: 0, maximum: 2 ** 50 }, 'postLimit?': whole(140, 5000), 'front?': flag }), answers: { 200: named('House') }, problems: ['bad_text'],
      handler: (call) => { household.describe(call.body); return ok(card(call)); },
    }),
    signedIn({
      method: 'GET', path: '/house/network', summary: 'Where the house can be reached', auth: 'session', limit: 'read',
      answers: { 200: named('Network') }, handler: () => ok(where()),
    }),
    signedIn<{ lan: boolean }>({
      method: 'PUT', path: '/house/network', summary: 'Let the local network in, or keep it out', auth: 'steward', limit: 'write',
      body: shape({ lan: flag }), answers: { 200: named('Network') }, problems: ['no_network', 'port_taken'],
      handler: async ({ body }) => { await network.set(body.lan); return ok(where()); },
    }),
    signedIn({
      method: 'GET', path: '/house/kit', summary: "The house's own recovery words, until they are confirmed", auth: 'steward', limit: 'read',
      answers: { 200: shape({ words: list({ type: 'string' }) }) }, problems: ['kit_gone'], handler: () => ok({ words: household.kit.words() }),
    }),
    signedIn({
      method: 'DELETE', path: '/house/kit', summary: 'The words are on paper: erase them from this machine', auth: 'steward', limit: 'write',
      answers: { 204: null }, handler: () => { household.kit.confirm(); return none(); },
    }),
  ];
}
