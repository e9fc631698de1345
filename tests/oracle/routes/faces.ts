import { signedOut, status, type Generator } from './ask.ts';
import type { World } from './world.ts';

const kept = new WeakMap<World, Map<string, { listed: boolean; front: boolean }>>();

/** What of them is open, as far as the model knows: a page is open where the profile is for everyone. */
function due(world: World, persona: string): string {
  const { listed, front } = kept.get(world)?.get(persona) ?? { listed: false, front: false };
  return JSON.stringify({ open: world.people.get(persona)!.audience === 'everyone', listed, front });
}

const face: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path: '/me/public', judge: signedOut(asker) ?? ((answer) => status(200)(answer) ?? (answer.text === due(world, asker.persona!) ? null : `says ${answer.text}`)) };
};

const setFace: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const sound = { open: random.once(2), listed: random.once(2), front: random.once(2) };
  const body = random.pick([sound, sound, { open: true }, { ...sound, open: 'yes' }]);
  return {
    asker, path: '/me/public', body,
    judge: signedOut(asker) ?? ((answer) => {
      if (body !== sound) return status(400)(answer);
      const { open, ...choice } = sound;
      kept.set(world, (kept.get(world) ?? new Map()).set(asker.persona!, choice));
      world.people.get(asker.persona!)!.audience = open ? 'everyone' : 'house';
      return status(200)(answer) ?? (answer.text === due(world, asker.persona!) ? null : `says ${answer.text}`);
    }),
  };
};

/** Cases for what of oneself is shown outside. */
export const FACE: Record<string, Generator> = { 'GET /me/public': face };
/** Cases for opening and closing it. */
export const FACE_CHANGES: Record<string, Generator> = { 'PUT /me/public': setFace };
