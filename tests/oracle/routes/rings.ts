import type { Random } from '../random.ts';
import { signedOut, status, type Answer, type Generator } from './ask.ts';
import { unasked, unfollowed } from './distance.ts';
import { apart, nameFor, relate, related, type Asker, type World } from './world.ts';

const whom = (world: World, random: Random): string => random.pick([...world.people.keys(), `c${'b'.repeat(52)}`, 'nobody', '__proto__']);

const seen = (world: World, asker: Asker, persona: string): boolean => world.people.has(persona) && !apart(world, asker.persona!, persona);

/** Cases for following and asking to; whoever is locked is asked. */
export const follow = (on: boolean): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  const persona = whom(world, random);
  const due = !on ? 200 : persona === asker.persona ? 400 : asker.persona !== null && seen(world, asker, persona) ? 200 : 404;
  return {
    asker, path: `/people/${persona}/follow`,
    judge: signedOut(asker) ?? ((answer: Answer) => {
      const wrong = status(due)(answer);
      if (wrong || due !== 200) return wrong;
      if (world.people.has(persona)) { if (on) followNow(world, asker.persona!, persona); else unfollowNow(world, asker.persona!, persona); }
      const { follows, asked } = answer.json as { follows: boolean; asked: boolean };
      const right = follows === related(world, asker.persona!, persona, 'follow') && asked === related(world, asker.persona!, persona, 'asked');
      return right ? null : `says ${answer.text}`;
    }),
  };
};

function followNow(world: World, me: string, persona: string): void {
  if (related(world, me, persona, 'follow')) return;
  if (world.people.get(persona)!.locked) {
    if (related(world, me, persona, 'asked')) return;
    relate(world, me, persona, 'asked', true);
    // Whoever follows in the other's eyes is let in at once.
    if (!related(world, persona, me, 'follower')) { relate(world, persona, me, 'request', true); return; }
    acceptedNow(world, persona, me);
    return;
  }
  relate(world, me, persona, 'asked', false);
  unasked(world, persona, me);
  relate(world, me, persona, 'follow', true);
  relate(world, persona, me, 'follower', true);
}

function unfollowNow(world: World, me: string, persona: string): void {
  const told = related(world, me, persona, 'follow') || related(world, me, persona, 'asked');
  for (const relation of ['follow', 'asked', 'accepted']) relate(world, me, persona, relation, false);
  world.seen.delete(`${me} accepted ${persona}`);
  if (!told) return;
  unfollowed(world, persona, me);
  unasked(world, persona, me);
}

// The one who asked waits for it, unless they took it back.
function acceptedNow(world: World, owner: string, asker: string): void {
  const wasFollower = related(world, owner, asker, 'follower');
  unasked(world, owner, asker);
  relate(world, owner, asker, 'follower', true);
  // Whom one let in oneself is no news.
  relate(world, owner, asker, 'let-in', !wasFollower || related(world, owner, asker, 'let-in'));
  if (!related(world, asker, owner, 'asked')) return;
  relate(world, asker, owner, 'asked', false);
  relate(world, asker, owner, 'follow', true);
  relate(world, asker, owner, 'accepted', true);
}

const accept: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const persona = whom(world, random);
  const there = asker.persona !== null && seen(world, asker, persona);
  const asks = there && related(world, asker.persona!, persona, 'request');
  const due = asks || (there && related(world, asker.persona!, persona, 'follower')) ? 200 : 404;
  return {
    asker, path: `/people/requests/${persona}`,
    judge: signedOut(asker) ?? ((answer) => {
      if (asks && answer.status === 200) acceptedNow(world, asker.persona!, persona);
      return status(due)(answer);
    }),
  };
};

const decline: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const persona = whom(world, random);
  return {
    asker, path: `/people/requests/${persona}`,
    judge: signedOut(asker) ?? ((answer) => { unasked(world, asker.persona!, persona); return status(204)(answer); }),
  };
};

const removeFollower: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const persona = whom(world, random);
  return {
    asker, path: `/people/followers/${persona}`,
    judge: signedOut(asker) ?? ((answer) => {
      if (related(world, asker.persona!, persona, 'follower')) relate(world, asker.persona!, persona, 'close', false);
      unfollowed(world, asker.persona!, persona);
      return status(204)(answer);
    }),
  };
};

const close = (on: boolean): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  const persona = whom(world, random);
  const due = !on ? 200 : persona === asker.persona ? 400 : asker.persona !== null && seen(world, asker, persona) ? 200 : 404;
  return {
    asker, path: `/people/${persona}/close`,
    judge: signedOut(asker) ?? ((answer) => {
      if (answer.status === 200) relate(world, asker.persona!, persona, 'close', on);
      return status(due)(answer);
    }),
  };
};

interface Line { persona: string; name: string; close?: boolean }

const lines = (path: string, relation: string, of: (answer: Answer) => Line[]): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  return {
    asker, path,
    judge: signedOut(asker) ?? ((answer) => {
      const wrong = status(200)(answer);
      if (wrong) return wrong;
      const due = [...world.people.keys()].filter((one) => one !== asker.persona && seen(world, asker, one) && related(world, asker.persona!, one, relation)).toSorted();
      const got = of(answer);
      if (got.map(({ persona }) => persona).toSorted().join() !== due.join()) return `lists ${answer.text} instead of ${due.join()}`;
      const bad = got.find((one) => one.name !== nameFor(world, asker, one.persona) || (one.close !== undefined && one.close !== related(world, asker.persona!, one.persona, 'close')));
      return bad ? `says ${JSON.stringify(bad)}` : null;
    }),
  };
};

/** Cases for reading who asks and who follows. */
export const RINGS: Record<string, Generator> = {
  'GET /people/requests': lines('/people/requests', 'request', ({ json }) => (json as { requests: Line[] }).requests),
  'GET /people/followers': lines('/people/followers', 'follower', ({ json }) => (json as { people: Line[] }).people),
};

/** Cases for changing it. */
export const RING_CHANGES: Record<string, Generator> = {
  'PUT /people/{persona}/follow': follow(true),
  'DELETE /people/{persona}/follow': follow(false),
  'PUT /people/requests/{persona}': accept,
  'DELETE /people/requests/{persona}': decline,
  'DELETE /people/followers/{persona}': removeFollower,
  'PUT /people/{persona}/close': close(true),
  'DELETE /people/{persona}/close': close(false),
};
