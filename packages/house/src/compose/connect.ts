import type { Household } from '../household/household.ts';
import type { Microblog } from '../services/microblog/index.ts';
import type { ServiceDeps } from './services.ts';

/** What changes in pods and concerns the rest of the house. */
export function connect({ firewall: { feed, onIdentity }, household, views, wake, microblog, onError }: Pick<ServiceDeps, 'firewall' | 'views' | 'wake' | 'onError'> & { household: Household; microblog: Pick<Microblog, 'retell'> }): void {
  onIdentity((persona) => { household.keys.heard(persona); wake(persona); });
  household.listen((event) => {
    if (event.type === 'standing') views.dropReaders();
    if (event.type === 'hidden') void microblog.retell(event).catch(onError);
  });
  feed.listen('people', ({ persona, collection, body }) => {
    if (collection === 'profile') {
      if (body !== null && household.personOf(persona)) household.rename(persona, (JSON.parse(body) as { name: string }).name);
      return;
    }
    if (collection === 'links' || collection === 'followers') views.dropReaders();
    wake(persona);
  });
  feed.listen('microblog', ({ persona, collection, op, audience, body }) => {
    // What may have left something for others: likes, boosts, votes, quotes, replies for few and what removes them.
    if (['likes', 'boosts', 'votes'].includes(collection) || (collection === 'posts' && (op === 'remove' || audience === 'only-me' || body?.includes('"quote":{'))) || (collection === 'replies' && op === 'remove')) wake(persona);
  });
}
