import type { HouseProcess } from './house-process.ts';

/** Somebody who signed in, ready to call. */
export interface Member { persona: string; handle: string; session: string; client: ReturnType<HouseProcess['client']> }

const PASSPHRASE = 'correct horse battery staple';

/** Founds a fresh house; the founder is its steward. */
export async function found(house: HouseProcess, handle = 'ada'): Promise<Member> {
  const welcome = await house.client().house.setup({
    code: house.code ?? '', house: { title: 'The Harbour Choir' }, person: { handle, name: nameOf(handle), passphrase: PASSPHRASE },
  });
  return { ...welcome, client: house.client(welcome.session) };
}

/** Lets one more in by an invite code. */
export async function join(house: HouseProcess, invite: string, handle: string): Promise<Member> {
  const welcome = await house.client().house.join({ invite, person: { handle, name: nameOf(handle), passphrase: PASSPHRASE } });
  return { ...welcome, client: house.client(welcome.session) };
}

/** Signs in again, as after a restart. */
export async function signIn(house: HouseProcess, handle: string, passphrase = PASSPHRASE): Promise<Member> {
  const welcome = await house.client().sessions.start({ handle, passphrase });
  return { ...welcome, client: house.client(welcome.session) };
}

/** Somebody who is signed in already, by their session. */
export const memberOf = (house: HouseProcess, { persona, session }: { persona: string; session: string }, handle: string): Member =>
  ({ persona, handle, session, client: house.client(session) });

const nameOf = (handle: string): string => handle[0]!.toUpperCase() + handle.slice(1);
