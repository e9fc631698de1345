import { computed, signal } from '@preact/signals';
import type { Audience, Follower, FollowRequest, Person } from '@commonhold/sdk';
import { client } from './client.ts';
import { homeFeed } from './feed.ts';
import { makeTurns } from './latest.ts';
import { directory, linesOf, loadDirectory, meet } from './people.ts';
import { house } from './session.ts';

/** Who asked to follow the reader and waits, newest first; null until the house has said. */
export const requests = signal<readonly FollowRequest[] | null>(null);
/** Who follows the reader, newest first; null until the house has said. */
export const followers = signal<readonly Follower[] | null>(null);

/** Whom the reader calls close; null while that is not known. */
export const closePeople = computed<readonly Person[] | null>(() => directory.value?.filter((person) => person.close) ?? null);

/* People one calls close read what is for followers, too. */
const readers = computed<number | null>(() =>
  followers.value && closePeople.value ? new Set([...followers.value, ...closePeople.value].map((person) => person.persona)).size : null);

/** How many people an audience is, oneself left out but for the house; null where that is not known, or no number. */
export function sizeOf(audience: Audience): number | null {
  if (audience === 'house') return house.value?.people ?? 1;
  if (audience === 'close') return closePeople.value?.length ?? null;
  return audience === 'followers' ? readers.value : null;
}

const named = (people: readonly Person[]): void => meet(linesOf(people));

const requestTurns = makeTurns();
const followerTurns = makeTurns();

/** Asks who waits for an answer. */
export async function loadRequests(): Promise<void> {
  const isNewest = requestTurns();
  const answer = await client.people.requests();
  named(answer.requests);
  if (isNewest()) requests.value = answer.requests;
}

/** Asks who follows. */
export async function loadFollowers(): Promise<void> {
  const isNewest = followerTurns();
  const { people } = await client.people.followers();
  named(people);
  if (isNewest()) followers.value = people;
}

/** Asks for what the sizes of the rings are counted from, once. A failure leaves them without a number. */
export function needSizes(): void {
  if (!directory.peek()) void loadDirectory().catch(() => undefined);
  if (!followers.peek()) void loadFollowers().catch(() => undefined);
}

const ears = new Set<() => void>();

/** Calls `hear` whenever somebody asked, was let in, or left a ring elsewhere. Answers how to stop. */
export function onRings(hear: () => void): () => void {
  ears.add(hear);
  return () => { ears.delete(hear); };
}

/** Takes in that the rings changed: what this page knows of them is asked anew, and the posts of whom one follows come or go. */
export async function hearRings(): Promise<void> {
  for (const hear of ears) hear();
  const before = directory.peek();
  await Promise.all([loadRequests(), ...(before ? [loadDirectory()] : []), ...(followers.peek() ? [loadFollowers()] : [])]).catch(() => undefined);
  const had = new Map(before?.map((person) => [person.persona, person.follows]));
  for (const { persona, follows } of before ? directory.peek() ?? [] : []) {
    if (had.get(persona) !== follows) void homeFeed().rewrite(persona, follows).catch(() => undefined);
  }
}

const markDirectory = (persona: string, change: { close?: boolean; followsYou?: boolean }): void => {
  directory.value = directory.peek()?.map((person) => person.persona === persona ? { ...person, ...change } : person) ?? null;
};

/** Accepts or declines a request: shown at once, taken back if the house says no (which is thrown). */
export async function answerRequest(persona: string, yes: boolean): Promise<void> {
  const before = requests.peek();
  const asker = before?.find((one) => one.persona === persona);
  requests.value = before?.filter((one) => one !== asker) ?? null;
  try {
    await (yes ? client.people.accept(persona) : client.people.decline(persona));
  } catch (error) {
    requests.value = before;
    throw error;
  }
  if (!yes) return;
  markDirectory(persona, { followsYou: true });
  if (asker && followers.peek()) followers.value = [{ ...asker, since: Date.now(), close: false }, ...followers.peek()!];
}

/** Takes somebody out of the list of followers on the screen, or puts the list back. Answers how to put it back. */
export function hideFollower(persona: string): () => void {
  const before = followers.peek();
  followers.value = before?.filter((one) => one.persona !== persona) ?? null;
  markDirectory(persona, { followsYou: false });
  return () => { followers.value = before; markDirectory(persona, { followsYou: true }); };
}

/** Calls somebody close, or no more: shown at once, taken back if the house says no (which is thrown). */
export async function setClose(persona: string, close: boolean): Promise<void> {
  const mark = (yes: boolean) => {
    markDirectory(persona, { close: yes });
    followers.value = followers.peek()?.map((one) => one.persona === persona ? { ...one, close: yes } : one) ?? null;
  };
  mark(close);
  try {
    await (close ? client.people.close(persona) : client.people.notClose(persona));
  } catch (error) {
    mark(!close);
    throw error;
  }
}
