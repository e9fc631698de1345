import { Refusal, type JsonObject } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import { makeProfile, profileBody, type PeopleDeps } from './profile.ts';
import { PEOPLE, type ProfileBody, type ProfileField, type ProfileWish, type WholeProfile } from './types.ts';

/** Lines without room around them; one whose address was proved before stays proved. Refuses `bad_field`. */
function fieldsOf(wanted: readonly { name: string; value: string }[], had: readonly ProfileField[]): ProfileField[] {
  return wanted.map(({ name, value }, n) => {
    const field = { name: name.trim(), value: value.trim() };
    if (field.name === '' || field.value === '') throw new Refusal('invalid', 'bad_field', 'A line needs a name and some words.', { field: `/fields/${n}`, expected: 'a name and a value' });
    const proved = had.find((one) => one.value === field.value)?.verifiedAt;
    return proved === undefined ? field : { ...field, verifiedAt: proved };
  });
}

/** The body that a wish makes of the one that is there. */
function bodyOf(wanted: ProfileWish, name: string, had: ProfileBody | null): ProfileBody {
  const { locked, picture, banner } = { ...had, ...wanted };
  const before = had?.fields ?? [];
  const fields = wanted.fields ? fieldsOf(wanted.fields, before) : before;
  const parts = { bio: wanted.bio, locked, picture, banner, fields: fields.length > 0 && fields };
  return { name, ...Object.fromEntries(Object.entries(parts).filter(([, part]) => part)) };
}

/**
 * Changes the caller's own name, words about themselves, pictures and whether others ask before they follow (as it was, when nothing is
 * said of it); answers the profile as it is now. Who waits goes on waiting when the lock is opened: each is the owner's to answer.
 * Refuses `bad_name`, `bad_field`, `bad_body`, `blob_unknown`.
 */
export const makeSetProfile = (deps: PeopleDeps) => async (caller: Caller & { persona: string }, wanted: ProfileWish): Promise<WholeProfile> => {
  const name = wanted.name.trim();
  if (name === '') throw new Refusal('invalid', 'bad_name', 'A name needs some letters.', { field: '/name', expected: 'at least one letter' });
  await deps.gate.transact(caller, caller.persona, PEOPLE, (tx) => {
    tx.put('profile', { key: 'self', body: { ...bodyOf(wanted, name, profileBody(deps.gate, caller, caller.persona)) } as unknown as JsonObject });
  });
  return makeProfile(deps)(caller, caller.persona);
};
