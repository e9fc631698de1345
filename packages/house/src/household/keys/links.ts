import { createHash, timingSafeEqual } from 'node:crypto';
import { checkStatement, fromBase64Url, isSoundKey, Refusal, toBase64Url, type Signed, type Suite } from '@commonhold/core';
import type { People } from '../people.ts';
import type { HousePerson, Welcome } from '../ports.ts';
import type { Sessions } from '../sessions.ts';
import type { KeyLogs } from './ports.ts';

const LIVES = 10 * 60_000;
const OPEN = 5;
const KEPT = 20;

/** What a new device shows when it has read the code: `mac` is for the old device alone, `claim` is the SHA-256 of the token with which it comes back. */
export interface LinkAsk { device: string; label: string; mac: string; claim: string }

/** A link as the person sees it who made it. */
export interface LinkView { state: 'waiting' | 'asked' | 'done' | 'ended'; device?: string; label?: string; mac?: string }
/** A change of a link. */
export interface LinkEvent extends LinkView { link: string }

interface Link { link: string; persona: string; expires: number; state: LinkView['state']; ask?: LinkAsk }

interface Deps { suite: Suite; clock: () => number; keys: KeyLogs; people: People; sessions: Sessions; tell(persona: string, event: LinkEvent): void }

/**
 * Adding a device by a code that the old one shows: in memory, 10 minutes each, at most 5 open a person, once. The house carries what the
 * two say and can change none of it: the secret in the code never comes here. See spec/identity.md, "Adding a device by a code".
 */
export function makeLinks({ suite, clock, keys, people, sessions, tell }: Deps) {
  const { open, find, mine } = makeShelf(suite, clock);
  const turn = (link: Link, state: Link['state']): void => {
    link.state = state;
    tell(link.persona, { link: link.link, ...viewOf(link) });
  };
  return {
    /** Opens one. Refuses `too_many_links`. */
    start: (persona: string): { link: string; expires: number } => {
      const { link, expires } = open(persona);
      return { link, expires };
    },
    /** Refuses `link_unknown`, `link_ended`, as all that follow. */
    look: (persona: string, name: string): LinkView => viewOf(mine(persona, name)),
    /** The new device says who it is, once: again only in the same words. Whose link it is. Refuses `link_taken`, `bad_device`. */
    ask: (name: string, { device, label, mac, claim }: LinkAsk): HousePerson => {
      const link = find(name);
      if (!isSoundKey(device) || fromBase64Url(claim, 32) === null) throw new Refusal('invalid', 'bad_device', 'The device has no key that could be used.', { field: 'device' });
      const ask = { device, label, mac, claim };
      if (link.ask && JSON.stringify(link.ask) !== JSON.stringify(ask)) throw new Refusal('conflict', 'link_taken', 'Another device has used this code. Show a new one.');
      if (!link.ask) {
        link.ask = ask;
        turn(link, 'asked');
      }
      return people.of(link.persona)!;
    },
    /** The old device has signed. Refuses `link_not_asked`, `wrong_device`, and core's codes. */
    approve: async (persona: string, name: string, signed: Signed): Promise<LinkView> => {
      const link = mine(persona, name);
      if (!link.ask) throw new Refusal('conflict', 'link_not_asked', 'No device has used this code yet.');
      const read = checkStatement(signed.statement);
      if (!read.ok || read.value.type !== 'add-device' || read.value.device !== link.ask.device) {
        throw new Refusal('invalid', 'wrong_device', 'The statement adds another device than the one that asks.', { field: 'statement.statement.device' });
      }
      await keys.extend(persona, { statements: [signed] });
      if (link.state === 'asked') turn(link, 'done');
      return viewOf(link);
    },
    drop: (persona: string, name: string): void => turn(mine(persona, name), 'ended'),
    /** The new device comes back: null while nobody has signed; then its session, once. Refuses `link_unknown` for another token, too. */
    claim: (name: string, token: string): Welcome | null => {
      const link = find(name);
      if (!link.ask || !fits(link.ask.claim, token)) throw unknown();
      if (link.state === 'asked') return null;
      link.state = 'ended';
      const { device, label } = link.ask;
      const person = people.of(link.persona);
      if (!person || !keys.isActive(link.persona, device)) throw new Refusal('gone', 'link_ended', 'This device has been removed meanwhile.');
      return { persona: person.persona, handle: person.handle, session: sessions.open(person.persona, label, device) };
    },
  };
}

/** Links in memory: bounded, forgotten some time after they ended. */
function makeShelf(suite: Suite, clock: () => number) {
  const links = new Map<string, Link>();
  const isOver = ({ state, expires }: Link): boolean => state === 'ended' || expires <= clock();
  const prune = (): void => { for (const { link, expires } of links.values()) if (expires + LIVES <= clock()) links.delete(link); };
  const find = (name: string): Link => {
    prune();
    const link = links.get(name);
    if (!link) throw unknown();
    if (isOver(link)) throw new Refusal('gone', 'link_ended', 'This code has ended. Show a new one on your other device.');
    return link;
  };
  return {
    find,
    mine: (persona: string, name: string): Link => {
      if (links.get(name)?.persona !== persona) throw unknown();
      return find(name);
    },
    open: (persona: string): Link => {
      prune();
      const own = [...links.values()].filter((one) => one.persona === persona);
      if (own.filter((one) => !isOver(one)).length >= OPEN) throw new Refusal('conflict', 'too_many_links', `You have ${OPEN} codes open. End one of them first.`);
      for (const { link } of own.filter(isOver).slice(0, -KEPT)) links.delete(link);
      const link: Link = { link: toBase64Url(suite.random(16)), persona, expires: clock() + LIVES, state: 'waiting' };
      links.set(link.link, link);
      return link;
    },
  };
}

const unknown = (): Refusal => new Refusal('not_found', 'link_unknown', 'There is no such code. Show a new one on your other device.');

const viewOf = ({ state, ask }: Link): LinkView => ({ state, ...(ask && { device: ask.device, label: ask.label, mac: ask.mac }) });

function fits(claim: string, token: string): boolean {
  const [due, bytes] = [fromBase64Url(claim, 32), fromBase64Url(token, 32)];
  return due !== null && bytes !== null && timingSafeEqual(due, createHash('sha256').update(bytes).digest());
}
