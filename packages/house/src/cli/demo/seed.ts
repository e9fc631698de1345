import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { OpenHouse } from '../../compose.ts';
import type { Caller } from '../../firewall/caller.ts';
import { makeChance } from './chance.ts';
import { draw, drawFace } from './draw.ts';
import { GUEST, HOUSE, NEIGHBOURS, type Neighbour } from './people.ts';
import { planOf, type Doing, type Writing } from './plan.ts';
import type { Said } from './said.ts';

type Person = Caller & { persona: string };
interface Ref { persona: string; key: string }

/** A house that is being filled, and its clock. */
export interface Stage { house: OpenHouse; clock: { ms: number }; seed: number }

const DAY = 86_400_000;
const AT_ONCE = 4;

/** Lets the people of the made-up house move in and live there for two weeks, by the verbs that everybody uses. Answers the steward's passphrase. */
export async function seedHouse(stage: Stage): Promise<{ handle: string; passphrase: string }> {
  const { house, clock, seed } = stage;
  const until = clock.ms;
  clock.ms = until - 20 * DAY;
  house.household.settings.set('guest', '');
  const passphrase = randomBytes(9).toString('base64url');
  const people = await moveIn(house, passphrase);
  await inTurns(NEIGHBOURS, async (one) => { await introduce(stage, one, people.get(one.handle)!); });
  await befriend(stage, people);
  const plan = planOf(seed, until);
  const scene: Scene = { people, posts: new Map(), named: new Map() };
  for (let i = 0; i < plan.length; i++) {
    const step = plan[i]!;
    clock.ms = step.at;
    if (step.kind === 'write') await write(stage, step, scene);
    else {
      const doing: Doing[] = [step];
      while (doing.length < 32 && plan[i + 1]?.kind !== 'write' && i + 1 < plan.length) doing.push(plan[++i] as Doing);
      await Promise.all(doing.map((one) => act(house, one, scene)));
    }
  }
  clock.ms = until;
  await house.outbox.idle();
  house.household.settings.set('front', true);
  house.household.settings.set('guest', people.get(GUEST.handle)!.persona);
  return { handle: NEIGHBOURS[0]!.handle, passphrase };
}

async function inTurns<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let i = 0; i < all.length; i += AT_ONCE) await Promise.all(all.slice(i, i + AT_ONCE).map(work));
}

async function moveIn({ household }: OpenHouse, passphrase: string): Promise<Map<string, Person>> {
  const [first, ...others] = [...NEIGHBOURS, GUEST];
  const from = '::1';
  const people = new Map<string, Person>();
  const add = (handle: string, { persona, session }: { persona: string; session: string }): void => { people.set(handle, { kind: 'person', persona, session }); };
  // Nobody but the steward is to sign in: nobody knows their passphrases.
  const person = ({ handle, name }: Neighbour) => ({ handle, name, passphrase: handle === first!.handle ? passphrase : randomBytes(18).toString('base64url') });
  const { title, note, rules } = HOUSE;
  add(first!.handle, await household.setup({ code: household.setupCode()!, house: { title, note, rules: [...rules] }, person: person(first!), from }));
  const { invite } = household.invite(people.get(first!.handle)!.persona, { uses: 40, hours: 24 });
  await inTurns(others, async (one) => { add(one.handle, await household.join({ invite, person: person(one), from })); });
  return people;
}

const take = ({ house }: Stage, caller: Person, service: string, bytes: Buffer) => house.pictures.take(caller, service, Readable.from([bytes]), bytes.length);

async function introduce(stage: Stage, { handle, name, bio, face, banner, fields, locked, open }: Neighbour, caller: Person): Promise<void> {
  const { house, seed } = stage;
  await house.people.setProfile(caller, {
    name, bio, ...(locked && { locked }), ...(fields && { fields: fields.map(([one, value]) => ({ name: one, value })) }),
    ...(face && { picture: await take(stage, caller, 'people', await drawFace(`${handle} ${seed}`, face)) }),
    ...(banner !== undefined && { banner: { ...await take(stage, caller, 'people', await draw(banner, `${handle} ${seed}`, true)), alt: `A drawing: ${banner}` } }),
  });
  if (!open) return;
  house.household.faces.set(caller.persona, { listed: false, front: true });
  await house.people.setOpen(caller, true);
}

async function befriend({ house, seed }: Stage, people: ReadonlyMap<string, Person>): Promise<void> {
  const chance = makeChance(`friends ${seed}`);
  const persona = (handle: string): string => people.get(handle)!.persona;
  const handles = NEIGHBOURS.map(({ handle }) => handle);
  const wanted = handles.map((handle) => [handle, chance.some(handles.filter((one) => one !== handle), 8 + chance.below(10))] as const);
  await inTurns([...wanted, [GUEST.handle, ['marta', 'ruth', 'priya', 'oskar', 'sinead', 'amal', 'abdi', 'rosa']] as const], async ([who, whom]) => {
    for (const one of whom) await house.people.follow(people.get(who)!, persona(one));
  });
  await house.outbox.idle();
  const asked = house.people.requests(people.get('viktor')!);
  for (const { persona: who } of asked.slice(2)) await house.people.accept(people.get('viktor')!, who);
  await house.outbox.idle();
}

/** `named`: posts that later ones quote. */
interface Scene { people: ReadonlyMap<string, Person>; posts: Map<number, Ref & { audience: string }>; named: Map<string, Ref> }

async function picturesOf(stage: Stage, caller: Person, { pictures = [], text }: Said) {
  return Promise.all(pictures.map(async ([motif, alt]) => ({ ...await take(stage, caller, 'microblog', await draw(motif, `${text} ${stage.seed}`)), alt })));
}

const FEW = new Set(['followers', 'close']);

/** For whom an answer is: as what it answers; to another's post for few it goes by their pod. */
async function answering({ house }: Stage, caller: Person, parent: Ref & { audience: string }): Promise<{ audience: string; replyTo: Ref }> {
  const { persona, key, audience } = parent;
  const handed = FEW.has(audience) && persona !== caller.persona;
  if (handed) {
    await house.people.follow(caller, persona);
    await house.outbox.idle();
  }
  return { audience: handed ? 'only-me' : audience, replyTo: { persona, key } };
}

/** What a post has beside its words. */
async function besides(stage: Stage, caller: Person, said: Said, { named }: Scene) {
  const { poll, quote, warning, pictures } = said;
  const quoted = quote === undefined ? undefined : named.get(quote);
  return {
    audience: said.for ?? 'house', ...(warning !== undefined && { warning }), ...(pictures && { images: await picturesOf(stage, caller, said) }), ...(quoted && { quote: quoted }),
    ...(poll && { poll: { options: [...poll.options], minutes: poll.hours * 60, multiple: poll.multiple ?? false } }),
  };
}

async function write(stage: Stage, { n, by, text, said, to }: Writing, scene: Scene): Promise<void> {
  const { microblog } = stage.house;
  const caller = scene.people.get(by)!;
  const parent = to === null ? undefined : scene.posts.get(to)!;
  const how = parent ? await answering(stage, caller, parent) : await besides(stage, caller, said!, scene);
  const { persona, key } = await microblog.post(caller, { text, ...(said && { lang: said.lang ?? 'en' }), ...how });
  scene.posts.set(n, { persona, key, audience: parent?.audience ?? how.audience });
  if (said?.id !== undefined) scene.named.set(said.id, { persona, key });
  if (said?.pinned) await microblog.pin(caller, key);
}

async function act({ microblog }: OpenHouse, { kind, n, by, choices = [] }: Doing, { people, posts }: Scene): Promise<void> {
  const post = posts.get(n);
  const caller = people.get(by)!;
  // Not all may read what is for few.
  if (!post || FEW.has(post.audience)) return;
  if (kind === 'like') await microblog.like(caller, post);
  else if (kind === 'boost') await microblog.boost(caller, post);
  else await microblog.vote(caller, post, choices);
}
