import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { ProvedOffer, Transactor } from '../../firewall/transactor.ts';
import { between, linksTo, type Between } from './links.ts';
import { profileBody } from './profile.ts';
import { PEOPLE, type LinkBody } from './types.ts';

/** Takes an offer of its author's into the pod of its owner. */
type Take = (author: Caller & { persona: string }, proved: ProvedOffer) => Promise<void>;

interface Deps { gate: Gate; now(): number; accept(caller: Caller & { persona: string }, persona: string): Promise<unknown> }

const ownerOf = ({ offer }: ProvedOffer): Caller & { persona: string } => ({ kind: 'owner', persona: offer.owner });

// What somebody offers speaks of themselves: nobody follows, asks or accepts in another's name.
function checkName({ offer, body }: ProvedOffer, author: { persona: string }): void {
  if (offer.op === 'put' && (body as unknown as LinkBody | undefined)?.persona !== author.persona) {
    throw new Refusal('denied', 'bad_offer', 'Only they themselves can say that.', { field: 'body/persona' });
  }
}

/** The refusals that turn a follow into a request and back: see `turned`. */
const ASKS_FIRST = 'asks_first';
const NO_NEED = 'no_need_to_ask';

/** One write of the owner's own, about the author of an offer. */
const asOwner = (gate: Gate, proved: ProvedOffer, work: (one: Between, tx: Transactor) => void): Promise<void> => {
  const owner = ownerOf(proved);
  return gate.transact(owner, owner.persona, PEOPLE, (tx) => work(between(gate, tx, owner, proved.offer.author), tx));
};

/**
 * Takes a follower: an unlocked pod by itself, a locked one only whom its owner has let in before. Refuses `bad_offer`,
 * `asks_first`, and whatever the contract refuses. Who unfollows is no follower, however they became one.
 */
export const makeTakeFollower = ({ gate }: Pick<Deps, 'gate'>): Take => async (author, proved) => {
  checkName(proved, author);
  const owner = ownerOf(proved);
  await gate.transact(author, owner.persona, PEOPLE, (tx) => {
    if (proved.offer.op === 'put' && profileBody(gate, owner, owner.persona)?.locked && linksTo(gate, owner, author.persona, 'followers').length === 0) {
      throw new Refusal('conflict', ASKS_FIRST, 'Whoever wants to follow them asks first.');
    }
    tx.accept(proved);
  });
  if (proved.offer.op === 'remove') await asOwner(gate, proved, (one) => { one.drop('followers'); });
};

/**
 * Takes a request, one from each, where the owner is locked. Who follows already is let in at once. Refuses `bad_offer`,
 * `no_need_to_ask`, `already_asked`. Who takes a request back is no follower either, if it was accepted meanwhile.
 */
export const makeTakeRequest = ({ gate, accept }: Deps): Take => async (author, proved) => {
  checkName(proved, author);
  const { offer } = proved;
  const owner = ownerOf(proved);
  if (offer.op === 'remove') {
    await gate.transact(author, owner.persona, PEOPLE, (tx) => tx.accept(proved));
    await asOwner(gate, proved, (one) => { one.drop('followers'); });
    return;
  }
  await gate.transact(author, owner.persona, PEOPLE, (tx) => {
    if (!profileBody(gate, owner, owner.persona)?.locked) throw new Refusal('conflict', NO_NEED, 'They take followers without being asked.');
    if (linksTo(gate, owner, author.persona, 'requests').some(({ item }) => item.key !== offer.key)) {
      throw new Refusal('conflict', 'already_asked', 'They have been asked already.');
    }
    tx.accept(proved);
  });
  if (linksTo(gate, owner, author.persona, 'followers').length > 0) await accept(owner, author.persona);
};

/**
 * Hears that a request was accepted: whoever waits for it follows now. Refuses `bad_offer`, `not_asked`. Taken back it says that
 * following its author has ended, with all that belongs to it: a block lay between the two.
 */
export const makeTakeAcceptance = ({ gate, now }: Deps): Take => async (author, proved) => {
  checkName(proved, author);
  const { offer } = proved;
  const owner = ownerOf(proved);
  if (offer.op === 'remove') {
    await gate.transact(author, owner.persona, PEOPLE, (tx) => tx.accept(proved));
    await asOwner(gate, proved, (one) => {
      // Told back, for the case that they followed anew before they heard of it: both pods say the same then.
      one.takeBack('links', 'follow');
      one.takeBack('asked');
      one.drop('links', 'close');
      for (const collection of ['accepted', 'requests'] as const) one.drop(collection);
    });
    return;
  }
  await gate.transact(author, owner.persona, PEOPLE, (tx) => {
    const isKnown = linksTo(gate, owner, author.persona, 'accepted').some(({ item }) => item.key === offer.key);
    if (!isKnown && linksTo(gate, owner, author.persona, 'asked').length === 0) throw new Refusal('conflict', 'not_asked', 'They do not wait for this.');
    tx.accept(proved);
  });
  await asOwner(gate, proved, (one, tx) => {
    if (one.drop('asked')) tx.put('links', { body: { persona: author.persona, relation: 'follow', createdAt: now() } });
    // Taken back between the two writes: then there is nothing to tell.
    else if (one.held('links', 'follow').length === 0) one.drop('accepted');
  });
};

/** What was to be told to another pod, and the refusal that it answered. */
export interface Answered { author: string; target: string; key: string; code: string }

/**
 * The other was locked, or is no more, when the offer arrived: a follow becomes a request, and a request a follow, unless it was
 * taken back meanwhile. Any other refusal is left as it is.
 */
export const makeTurned = ({ gate, now }: Pick<Deps, 'gate' | 'now'>) => async ({ author, target, key, code }: Answered): Promise<void> => {
  if (code !== ASKS_FIRST && code !== NO_NEED) return;
  const me: Caller & { persona: string } = { kind: 'owner', persona: author };
  await gate.transact(me, author, PEOPLE, (tx) => {
    const one = between(gate, tx, me, target);
    const told = code === ASKS_FIRST ? 'links' : 'asked';
    if (!one.held(told).some(({ item }) => item.key === key) || !tx.remove(told, key)) return;
    if (code === ASKS_FIRST) one.ask(now()); else one.follow(now());
  });
};
