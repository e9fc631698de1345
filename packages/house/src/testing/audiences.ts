import type { Json } from '@commonhold/core';
import type { Caller } from '../firewall/caller.ts';
import { openTrialFirewall } from './firewall.ts';

/** The audiences of the trial. */
export const AUDIENCES_OF_TEST = ['only-me', 'close', 'followers', 'house', 'everyone', 'members', 'linked'] as const;

const DIARY = {
  commonhold: 'contract/1', service: { id: 'diary', name: 'diary', title: 'Diary', publisher: 'Commonhold', key: null }, version: 1, purpose: 'Keep a diary.',
  collections: {
    pages: {
      kind: 'list', item: 'page', audiences: AUDIENCES_OF_TEST, defaultAudience: 'only-me',
      allow: [{ who: 'owner', may: ['read', 'add', 'change', 'remove', 'watch', 'count'] }, { who: 'anyone', may: ['read', 'watch', 'count'] }],
    },
  },
  data: { $schema: 'https://json-schema.org/draft/2020-12/schema', $defs: { page: { type: 'object', additionalProperties: false, required: ['text'], properties: { text: { type: 'string', maxLength: 200 } } } } },
};

type Who = 'ada' | 'close' | 'follower' | 'mate' | 'nobody';
// Members are whoever lives here and is proved; a person who is linked otherwise is not among these.
const IN: Record<Who, readonly string[]> = {
  ada: AUDIENCES_OF_TEST, close: ['close', 'followers', 'house', 'everyone', 'members', 'linked'], follower: ['followers', 'house', 'everyone', 'members'],
  mate: ['house', 'everyone', 'members'], nobody: ['everyone'],
};

/** ada's diary, and one person of each sort of distance from her. */
export async function openAudienceTrial() {
  const trial = openTrialFirewall(['ada', 'close', 'follower', 'mate'], DIARY);
  const { gate } = trial.firewall;
  const ada = trial.people['ada']!;
  const callers: Record<Who, Caller> = { ...(trial.people as Record<Exclude<Who, 'nobody'>, Caller>), nobody: { kind: 'anyone' } };
  const everybody = Object.keys(IN) as Who[];
  const at = { persona: ada.persona, service: 'diary', collection: 'pages' };
  const record = (collection: string, persona: string, relation: string) => gate.transact(ada, ada.persona, 'people', (tx) => tx.put(collection, { body: { persona, relation, createdAt: 1 } }));
  await record('links', trial.people['close']!.persona, 'close');
  await record('followers', trial.people['follower']!.persona, 'follower');
  const watchAll = () => {
    const events = new Map<Who, { type: string; key: string }[]>(everybody.map((who) => [who, []]));
    const stops = everybody.map((who) => gate.data.watch(callers[who], { persona: ada.persona, service: 'diary', collections: ['pages'], since: 'now' }, {
      hear: ({ type, data }) => { if (type !== 'ready') events.get(who)!.push({ type, key: (JSON.parse(data) as { key: string }).key }); return true; }, end: () => {},
    }).stop);
    return {
      settled: async () => { for (let i = 0; i < 5; i++) await new Promise((resolve) => { setImmediate(resolve); }); },
      heard: (who: Who, key: string) => events.get(who)!.splice(0).filter((one) => one.key === key).map(({ type }) => type),
      stop: () => { for (const stop of stops) stop(); },
    };
  };
  return {
    everybody, watchAll, close: trial.close,
    key: () => Buffer.from(trial.suite.random(16)).toString('base64url'),
    isIn: (who: Who, audience: string) => IN[who].includes(audience),
    put: (key: string, text: string, audience: string) => gate.data.put(ada, at, { items: [{ key, body: { text } as Record<string, Json>, audience }] }),
    remove: (key: string) => gate.data.remove(ada, at, { where: { $key: { eq: key } } }),
    sightOf: async (who: Who, key: string) => {
      const where = { $key: { eq: key } };
      const { items } = JSON.parse(await gate.data.query(callers[who], at, { where })) as { items: unknown[] };
      return { get: gate.get(callers[who], ada.persona, 'diary', 'pages', key) !== null, query: items.length === 1, count: (await gate.data.count(callers[who], at, { where })).count === 1 };
    },
  };
}
