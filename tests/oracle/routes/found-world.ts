import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '@commonhold/core';
import { makeNodeSuite, startHouse } from '@commonhold/house';
import { builtInContracts } from '../../../packages/house/src/firewall/contracts.ts';
import type { Limit, LimitClass } from '../../../packages/house/src/doors/web/checks/limits.ts';
import { enforced } from '../../../packages/house/src/testing/firewall.ts';
import { ALBUM } from '../../../packages/house/src/testing/album.ts';
import { NOTES } from '../../../packages/house/src/testing/notes.ts';
import { quickPassphrases } from '../../../packages/house/src/testing/passphrases.ts';
import { makeRandom } from '../random.ts';
import { nameOf, someBytes } from './blobs.ts';
import { noteKey, someNote } from './data-model.ts';
import { browserKeys } from './keys.ts';
import { apart, relate, type Asker, type World } from './world.ts';

const PASSPHRASE = 'correct horse battery staple';
const UNLIMITED = { burst: 1e9, perSecond: 1e9 };

/** A real house with a few people of every sort of relation, its HTTP door open, and the model of all that is in it. */
export async function foundWorld() {
  const suite = makeNodeSuite();
  const folder = mkdtempSync(join(tmpdir(), 'commonhold-routes-'));
  const house = await startHouse({ data: folder, port: 0, host: null, origin: null }, {
    limits: { read: UNLIMITED, page: UNLIMITED, write: UNLIMITED, prepare: UNLIMITED, enter: UNLIMITED, login: UNLIMITED, live: UNLIMITED, query: UNLIMITED, fetch: UNLIMITED, upload: UNLIMITED } satisfies Record<LimitClass, Limit>,
    passphrases: quickPassphrases(),
    // No page of the internet answers.
    fetchPage: () => Promise.reject(new Refusal('unavailable', 'page_unreachable', 'That page did not answer the house.')),
    contracts: new Map([...builtInContracts(suite), ['notes', enforced(suite, NOTES)], ['album', enforced(suite, ALBUM)]]),
  });
  const world: World = { house: house.secrets.persona, askers: [], people: new Map(), posts: [], relations: new Map(), invites: new Map(), kit: true, keys: new Map(), notes: [], pages: [], likes: new Set(), boosts: new Set(), bookmarks: new Set(), mutes: new Set(), choices: new Map(), pins: new Map(), seen: new Set(), hidden: new Set(), wanted: new Map() };
  const base = `http://localhost:${house.network.port}`;
  const close = async () => { await house[Symbol.asyncDispose](); rmSync(folder, { recursive: true }); };
  try {
    await moveIn(house, world);
    await relateThem(house, world);
    await writePosts(house, world);
    await writeNotes(house, world);
    await writePages(house, world);
    await likeThem(house, world);
  } catch (error) {
    await close();
    throw error;
  }
  world.askers.push(
    { kind: 'nobody', persona: null, handle: '', session: null, steward: false },
    { kind: 'impostor', persona: null, handle: '', session: 'A'.repeat(43), steward: false },
  );
  return { house, world, base, close };
}

/** A house with its doors open and the model of what is in it. */
export type Founded = Awaited<ReturnType<typeof foundWorld>>;
type House = Founded['house'];

const callerOf = ({ persona, session }: Asker) => ({ kind: 'person' as const, persona: persona!, session: session! });

async function moveIn({ household }: House, world: World): Promise<void> {
  for (const handle of ['ada', 'bob', 'cy', 'dee', 'eve']) {
    const person = { handle, name: `${handle} of the choir`, passphrase: PASSPHRASE };
    const from = 'test';
    const code = household.setupCode();
    const invite = code === null ? household.invite(world.askers[0]!.persona!, {}).invite : '';
    const keys = browserKeys(household.prepare(code === null ? { invite, from } : { code, from }).podDevice, household.persona);
    const entry = { person, keyLog: keys.statements, from };
    const welcome = await (code === null ? household.join({ ...entry, invite }) : household.setup({ ...entry, code, house: { title: 'Choir' } }));
    world.keys.set(welcome.persona, keys);
    world.askers.push({ kind: 'member', persona: welcome.persona, handle, session: welcome.session, steward: handle === 'ada' });
    world.people.set(welcome.persona, { persona: welcome.persona, handle, name: person.name, audience: 'house' });
  }
  for (const { invite, by } of household.invites({ persona: world.askers[0]!.persona!, role: 'steward' })) world.invites.set(invite, by);
}

// ada blocks eve and trusts cy; cy has muted dee; bob and cy follow ada; dee is open to everyone.
async function relateThem({ gate, people, outbox }: House, world: World): Promise<void> {
  const [ada, bob, cy, dee, eve] = world.askers as [Asker, Asker, Asker, Asker, Asker];
  await people.block(callerOf(ada), eve.persona!);
  await people.mute(callerOf(cy), dee.persona!, {});
  relate(world, cy.persona!, dee.persona!, 'mute', true);
  relate(world, ada.persona!, eve.persona!, 'block', true);
  await gate.transact(callerOf(ada), ada.persona!, 'people', (tx) => tx.put('links', { body: { persona: cy.persona!, relation: 'close', createdAt: 1 } }));
  relate(world, ada.persona!, cy.persona!, 'close', true);
  for (const one of [bob, cy]) {
    await people.follow(callerOf(one), ada.persona!);
    relate(world, one.persona!, ada.persona!, 'follow', true);
    relate(world, ada.persona!, one.persona!, 'follower', true);
  }
  await outbox.idle();
  const profile = world.people.get(dee.persona!)!;
  profile.audience = 'everyone';
  await gate.transact(callerOf(dee), dee.persona!, 'people', (tx) => tx.put('profile', { key: 'self', body: { name: profile.name }, audience: 'everyone' }));
}

async function writePosts({ microblog }: House, world: World): Promise<void> {
  const random = makeRandom(7);
  for (let i = 0; i < 60; i++) {
    const author = world.askers[random.below(5)]!;
    const audience = random.pick(['house', 'everyone'] as const);
    const parents = world.posts.filter((post) => !post.gone && (post.audience === audience || post.audience === 'everyone')
      && !world.relations.get(`${post.persona}>${author.persona}`)?.has('block') && !world.relations.get(`${author.persona}>${post.persona}`)?.has('block'));
    const parent = parents.length > 0 && random.once(2) ? random.pick(parents) : null;
    const text = `post ${i}`;
    const made = await microblog.post(callerOf(author), { text, audience, ...(parent ? { replyTo: { persona: parent.persona, key: parent.key } } : {}) });
    world.posts.push({ persona: made.persona, key: made.key, audience, text, root: parent?.root ?? `${made.persona}/${made.key}`,
      parent: parent && `${parent.persona}/${parent.key}`, created: made.body.createdAt, gone: false });
  }
  for (const post of world.posts.filter(() => random.once(8))) {
    await microblog.remove(callerOf(world.askers.find(({ persona }) => persona === post.persona)!), post.key);
    post.gone = true;
  }
}

async function likeThem({ microblog, outbox }: House, world: World): Promise<void> {
  const random = makeRandom(11);
  for (let i = 0; i < 120; i++) {
    const liker = world.askers[random.below(5)]!;
    const post = random.pick(world.posts);
    if (post.persona === liker.persona || post.gone || apart(world, liker.persona!, post.persona)) continue;
    await microblog.like(callerOf(liker), post);
    world.likes.add(`${liker.persona}>${post.persona}/${post.key}`);
  }
  await outbox.idle();
}

// Written by way of the gate, so that the reading routes have something to find before any writing route was asked.
async function writeNotes({ gate }: House, world: World): Promise<void> {
  const random = makeRandom(11);
  for (const asker of world.askers.slice(0, 3)) {
    for (const [collection, count] of [['lines', 30], ['tallies', 5], ['box', 1], ['guests', 6], ['letters', 2]] as const) {
      const items = Array.from({ length: count }, () => ({ key: noteKey(random), ...someNote(random, collection) }));
      const put = await gate.data.put(callerOf(asker), { persona: asker.persona!, service: 'notes', collection }, { items });
      put.items.forEach(({ key, version }, i) => world.notes.push({ persona: asker.persona!, author: asker.persona!, collection, key, audience: items[i]!.audience, body: items[i]!.body, version: version!, written: world.notes.length }));
    }
  }
}

async function writePages({ gate: { blobs, data } }: House, world: World): Promise<void> {
  const random = makeRandom(13);
  for (const asker of world.askers.slice(0, 4)) {
    const persona = asker.persona!, caller = callerOf(asker);
    const all = Array.from({ length: 6 }, () => someBytes(random));
    for (const text of all) await blobs.receive(caller, { persona, service: 'album' }, [Buffer.from(text)]);
    for (let i = 0; i < 8; i++) {
      const [front, back, ...shots] = Array.from({ length: 4 }, () => random.pick(all)) as [string, string, string, string];
      const page = { persona, key: noteKey(random), audience: random.pick(['only-me', 'house', 'everyone']), names: { front: [front], back: [back], shots }, all };
      const body = { title: `page ${i}`, front: nameOf(front), back: nameOf(back), shots: shots.map((one) => ({ picture: nameOf(one) })) };
      await data.put(caller, { persona, service: 'album', collection: 'pages' }, { items: [{ key: page.key, audience: page.audience, body }] });
      world.pages.push(page);
    }
  }
}
