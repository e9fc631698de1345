import type { Suite } from '@commonhold/core';
import type { FetchPage } from '../fetch/page.ts';
import type { Firewall } from '../firewall/index.ts';
import type { Household } from '../household/household.ts';
import type { OnError } from '../journal.ts';
import type { Receive } from '../outbox/outbox.ts';
import { makeLog } from '../services/log/index.ts';
import { makeMicroblog } from '../services/microblog/index.ts';
import { makeLater } from '../services/microblog/later/index.ts';
import { makeNews } from '../services/news/index.ts';
import { makePeople } from '../services/people/index.ts';
import type { Housemates } from '../services/shared/housemates.ts';
import { makePersonOf } from '../services/shared/person.ts';
import type { Keeper } from '../views/keeper.ts';
import type { Views } from '../views/views.ts';

/** What the built-in services are made of. */
export interface ServiceDeps {
  /** How many characters a post may have now. */
  limit(): number;
  labelOf: Household['labelOf'];
  firewall: Firewall; suite: Suite; housemates: Housemates; views: Views; keeper: Keeper; onError: OnError; now: () => number; fetchPage: FetchPage;
  /** Something may wait in this person's outbox. */
  wake(persona: string): void;
}

/** The built-in services. */
export function makeServices({ limit, labelOf, firewall: { gate, relations, feed, log, titleOf }, suite, housemates, views, keeper, onError, now, fetchPage, wake }: ServiceDeps) {
  const personOf = makePersonOf(gate, housemates, relations, feed);
  const people = makePeople({ gate, feed, suite, housemates, relations, now, personOf, fetchPage, onUnblocked: wake, onError });
  const microblog = makeMicroblog({ gate, views: keeper, feed, suite, now, limit, housemates, apart: relations.apart, petnameOf: (owner, other) => relations.knownAs(owner, other)?.petname, personOf, onError });
  const news = makeNews({ gate, views: keeper, feed, show: microblog.show, personOf, onNews: views.news.listen, onError });
  const accessLog = makeLog({ log, personOf, labelOf, titleOf });
  const later = makeLater({ gate, views: keeper, feed, suite, now, limit, postAll: microblog.postAll, onError });
  return { people, microblog, news, later, accessLog };
}

/** The same, made. */
export type Services = ReturnType<typeof makeServices>;

/** Who takes an offer of `service/collection` into its owner's pod. */
export function receiversOf({ people, microblog }: Pick<Services, 'people' | 'microblog'>): Map<string, Receive> {
  return new Map<string, Receive>([
    ['people/followers', (author, proved) => people.takeFollower(asOwner(author), proved)],
    ['people/requests', (author, proved) => people.takeRequest(asOwner(author), proved)],
    ['people/accepted', (author, proved) => people.takeAcceptance(asOwner(author), proved)],
    ['microblog/reactions', (author, proved) => microblog.acceptReaction(asOwner(author), proved)],
    ['microblog/ballots', (author, proved) => microblog.acceptBallot(asOwner(author), proved)],
    ['microblog/replies', (author, proved) => microblog.acceptReply(asOwner(author), proved)],
    ['microblog/moves', (author, proved) => microblog.acceptMove(asOwner(author), proved)],
  ]);
}

const asOwner = (persona: string) => ({ kind: 'owner' as const, persona });
