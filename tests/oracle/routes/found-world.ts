import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHouse } from '@commonhold/house';
import { makeRandom } from '../random.ts';
import { relate, type Asker, type World } from './world.ts';

const PASSPHRASE = 'correct horse battery staple';
const UNLIMITED = { burst: 1e9, perSecond: 1e9 };

/** A real house with a few people of every sort of relation, its HTTP door open, and the model of all that is in it. */
export async function foundWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'commonhold-routes-'));
  const house = await startHouse({ data: folder, port: 0, host: null, origin: null }, {
    limits: { read: UNLIMITED, write: UNLIMITED, prepare: UNLIMITED, enter: UNLIMITED, login: UNLIMITED, live: UNLIMITED },
  });
  const world: World = { askers: [], people: new Map(), posts: [], relations: new Map(), invites: new Map(), kit: true };
  const base = `http://localhost:${house.network.port}`;
  const close = async () => { await house[Symbol.asyncDispose](); rmSync(folder, { recursive: true }); };
  try {
    await moveIn(house, world);
    await relateThem(house, world);
    await writePosts(house, world);
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
    const welcome = handle === 'ada'
      ? await household.setup({ code: household.setupCode()!, house: { title: 'Choir' }, person, from: 'test' })
      : await household.join({ invite: household.invite(world.askers[0]!.persona!, {}).invite, person, from: 'test' });
    world.askers.push({ kind: 'member', persona: welcome.persona, handle, session: welcome.session, steward: handle === 'ada' });
    world.people.set(welcome.persona, { persona: welcome.persona, handle, name: person.name, audience: 'house' });
  }
  for (const { invite, by } of household.invites({ persona: world.askers[0]!.persona!, role: 'steward' })) world.invites.set(invite, by);
}

// ada blocks eve; bob and cy follow ada; dee is open to everyone.
async function relateThem({ gate, people, outbox }: House, world: World): Promise<void> {
  const [ada, bob, cy, dee, eve] = world.askers as [Asker, Asker, Asker, Asker, Asker];
  await gate.transact(callerOf(ada), ada.persona!, 'people', (tx) => tx.put('links', { body: { persona: eve.persona!, relation: 'block', createdAt: 1 } }));
  relate(world, ada.persona!, eve.persona!, 'block', true);
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
    world.posts.push({ persona: made.persona, key: made.key, audience, text, root: parent?.root ?? `${made.persona}/${made.key}`, created: made.body.createdAt, gone: false });
  }
  for (const post of world.posts.filter(() => random.once(8))) {
    await microblog.remove(callerOf(world.askers.find(({ persona }) => persona === post.persona)!), post.key);
    post.gone = true;
  }
}
