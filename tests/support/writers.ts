import assert from 'node:assert/strict';
import { ApiError } from '@commonhold/sdk';
import type { Member } from './people.ts';

/** Repeats an attempt until the house has answered it; what else happens meanwhile is the test's. */
export type Insist = <T>(attempt: () => Promise<T>) => Promise<T>;

/** Somebody who writes one thing after the other, and what the house has said yes to. */
export interface Writer {
  member: Member;
  /** Texts of posts that stand, with their keys. */
  kept: Map<string, string>;
  /** Texts of posts that were taken back. */
  gone: Set<string>;
  /** The last profile line, if one was set. */
  bio: string | null;
  /** Whether they follow the one whom they watch. */
  follows: boolean;
  /** Writes the next thing. A repeated try carries the same key of idempotency. */
  write(): Promise<void>;
}

/** Posts mostly; now and then takes a post back, sets the profile, follows or unfollows `other`. */
export function makeWriter(member: Member, other: Member, insist: Insist): Writer {
  const { client, handle } = member;
  let n = 0;
  const writer: Writer = { member, kept: new Map(), gone: new Set(), bio: null, follows: false, write: () => things[n % things.length]!() };
  const post = async () => {
    const text = `${handle} says ${n++}`;
    const { key } = await insist(() => client.microblog.post({ text, audience: n % 3 === 0 ? 'everyone' : 'house' }, text.replaceAll(' ', '-')));
    writer.kept.set(text, key);
  };
  const remove = async () => {
    n++;
    const [text, key] = [...writer.kept].at(-2) ?? [];
    if (text === undefined || key === undefined) return;
    writer.kept.delete(text);
    await insist(() => client.microblog.remove(key).catch(unlessGone));
    writer.gone.add(text);
  };
  const profile = async () => {
    const bio = `${handle}, line ${n++}`;
    await insist(() => client.people.setProfile({ name: handle, bio }));
    writer.bio = bio;
  };
  const follow = async () => {
    n++;
    const on = !writer.follows;
    await insist(() => (on ? client.people.follow(other.persona) : client.people.unfollow(other.persona)));
    writer.follows = on;
  };
  const things = [post, post, post, remove, post, profile, post, follow];
  return writer;
}

// A try whose answer was lost may have removed it.
function unlessGone(error: unknown): void {
  if (!(error instanceof ApiError && error.code === 'post_unknown')) throw error;
}

/** Every post of the house timeline as `persona/key` with its text, newest first. */
export async function wholeTimeline({ client }: Pick<Member, 'client'>): Promise<Map<string, string>> {
  const posts = new Map<string, string>();
  for (let before: string | null | undefined; before !== null;) {
    const page = await client.microblog.house({ first: 100, ...(before ? { before } : {}) });
    for (const item of page.items) posts.set(`${item.persona}/${item.key}`, item.body.text);
    before = page.next;
  }
  return posts;
}

/** Everything acknowledged is there, once; what was taken back is not. What got no answer may be either. Answers the timeline. */
export async function holdsAll(reader: Pick<Member, 'client'>, writers: readonly Writer[]): Promise<Map<string, string>> {
  const live = await wholeTimeline(reader);
  const keys = new Map<string, string>();
  for (const [key, text] of live) {
    assert.ok(!keys.has(text), `"${text}" is there twice`);
    keys.set(text, key);
  }
  for (const { member, kept, gone, bio } of writers) {
    for (const [text, key] of kept) assert.equal(keys.get(text), `${member.persona}/${key}`, `the acknowledged post "${text}" is not there`);
    for (const text of gone) assert.ok(!keys.has(text), `"${text}" was taken back and is there`);
    if (bio !== null) assert.equal((await reader.client.people.get(member.persona)).bio, bio);
  }
  return live;
}
