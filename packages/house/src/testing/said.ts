import { sayAsService, toBase64Url, type JsonObject, type ServiceItem, type Suite } from '@commonhold/core';

/** One record that a service puts (with a body) or removes; `key`: the whole key, or a new one of its own. */
export interface Word { key?: string; body?: JsonObject; ifVersion?: string | null }

/** A body of the data API in which a service itself says something, each record signed with its key. */
export const saidBy = (suite: Suite, { seed, now }: { seed: Uint8Array; now: number }, at: { persona: string; service: string; collection: string }, ...words: Word[]): { items: (ServiceItem & { ifVersion?: string | null })[] } => ({
  items: words.map(({ key = `${at.service}/${toBase64Url(suite.random(16))}`, body, ifVersion }) => ({
    ...sayAsService(suite, { service: at.service, owner: at.persona, collection: at.collection, key, ...(body === undefined ? {} : { body }) }, { seed, now }), ...(ifVersion === undefined ? {} : { ifVersion }),
  })),
});
