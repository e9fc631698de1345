import type { Random } from '../random.ts';
import { signedOut, status, type Generator } from './ask.ts';
import { afterBlock } from './conversations.ts';
import { nameFor, relate, related, type Asker, type World } from './world.ts';

const PERSONA = /^c[a-z2-7]{52}$/;

/** Somebody of the house more often than not; else a persona that nobody has, or what is none. */
const whom = (world: World, random: Random): string => random.pick([...world.people.keys(), `c${'b'.repeat(52)}`, 'nobody', '__proto__']);

// What bound the two ends at once as far as anybody can see; the other's own links are gone when the block ends.
function blockNow(world: World, me: string, persona: string): void {
  relate(world, me, persona, 'block', true);
  for (const [one, other] of [[me, persona], [persona, me]] as const) {
    for (const relation of ['follow', 'asked', 'close']) relate(world, one, other, relation, false);
    unfollowed(world, one, other);
    unasked(world, one, other);
    relate(world, one, other, 'accepted', false);
    world.seen.delete(`${one} accepted ${other}`);
  }
}

/** The owner's pod no longer holds that somebody asks to follow. */
export function unasked(world: World, owner: string, asker: string): void {
  relate(world, owner, asker, 'request', false);
  world.seen.delete(`${owner} request ${asker}`);
}

/** The owner's pod no longer holds that somebody follows. */
export function unfollowed(world: World, owner: string, follower: string): void {
  relate(world, owner, follower, 'follower', false);
  relate(world, owner, follower, 'let-in', false);
  world.seen.delete(`${owner} follow ${follower}`);
}

const block = (on: boolean): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  const persona = whom(world, random);
  const due = !on ? 200 : persona === asker.persona ? 400 : PERSONA.test(persona) ? 200 : 404;
  return {
    asker, path: `/people/${persona}/block`,
    judge: signedOut(asker) ?? ((answer) => {
      const wrong = status(due)(answer);
      if (wrong || due !== 200) return wrong;
      if (on) blockNow(world, asker.persona!, persona);
      else { relate(world, asker.persona!, persona, 'block', false); afterBlock(world, asker.persona!, persona); }
      return (answer.json as { blocked: boolean }).blocked === on ? null : `says ${answer.text}`;
    }),
  };
};

const mute: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const persona = whom(world, random);
  const until = random.pick([undefined, undefined, 281_474_976_710_655, Date.now() + 86_400_000, 1, -1, 1.5, 'soon']);
  const formal = until === undefined || (typeof until === 'number' && Number.isInteger(until) && until >= 0);
  const due = !formal ? 400 : persona === asker.persona ? 400 : !PERSONA.test(persona) ? 404 : until === 1 ? 400 : 200;
  return {
    asker, path: `/people/${persona}/mute`, body: until === undefined ? {} : { until },
    judge: signedOut(asker) ?? ((answer) => {
      const wrong = status(due)(answer);
      if (wrong || due !== 200) return wrong;
      relate(world, asker.persona!, persona, 'mute', true);
      const got = answer.json as { muted: boolean; until: number | null };
      return got.muted && got.until === (until ?? null) ? null : `says ${answer.text}`;
    }),
  };
};

const unmute: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const persona = whom(world, random);
  return {
    asker, path: `/people/${persona}/mute`,
    judge: signedOut(asker) ?? ((answer) => {
      relate(world, asker.persona!, persona, 'mute', false);
      return status(200)(answer) ?? ((answer.json as { muted: boolean }).muted ? `says ${answer.text}` : null);
    }),
  };
};

/** Cases for listing whom one has blocked and muted. */
const blocked: Generator = (world, random) => {
  const asker: Asker = random.pick(world.askers);
  const known = (relation: string) => [...world.relations.keys()].map((pair) => pair.split('>') as [string, string])
    .filter(([owner, other]) => owner === asker.persona && related(world, owner, other, relation)).map(([, other]) => other).sort();
  return {
    asker, path: '/people/blocked',
    judge: signedOut(asker) ?? ((answer) => {
      const wrong = status(200)(answer);
      if (wrong) return wrong;
      const got = answer.json as Record<'blocked' | 'muted', { persona: string; name: string }[]>;
      const lists = (['blocked', 'muted'] as const).map((list) => got[list].map(({ persona }) => persona).sort().join());
      const due = [known('block').join(), known('mute').join()];
      if (lists.join('|') !== due.join('|')) return `lists ${lists.join('|')} instead of ${due.join('|')}`;
      const misnamed = [...got.blocked, ...got.muted].find(({ persona, name }) => world.people.has(persona) && name !== nameFor(world, asker, persona));
      return misnamed ? `names ${misnamed.persona} ${misnamed.name}` : null;
    }),
  };
};

/** Cases for keeping somebody away. */
export const DISTANCE: Record<string, Generator> = {
  'PUT /people/{persona}/block': block(true),
  'PUT /people/{persona}/mute': mute,
  'DELETE /people/{persona}/block': block(false),
  'DELETE /people/{persona}/mute': unmute,
};

/** The list of them. */
export const BLOCKED: Record<string, Generator> = { 'GET /people/blocked': blocked };
