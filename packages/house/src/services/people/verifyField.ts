import { Refusal, type JsonObject } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import { makeProfile, profileBody, type PeopleDeps } from './profile.ts';
import { relMeOf, sameAddress } from './relMe.ts';
import { PEOPLE, type ProfileField, type WholeProfile } from './types.ts';

type Me = Caller & { persona: string };

/** Fetches a page of the open internet, guarded. Refuses `page_unreachable`. */
type FetchPage = (url: string) => Promise<string>;

const AN_HOUR = 3_600_000;
const IN_AN_HOUR = 6;

/** Counts what each person asks for, so that nobody sends the house to a site again and again. Refuses `too_many_checks`. */
function makeCount(now: () => number): (persona: string) => void {
  const asked = new Map<string, number[]>();
  return (persona) => {
    const at = now();
    const lately = (asked.get(persona) ?? []).filter((ms) => ms > at - AN_HOUR && ms <= at);
    if (lately.length >= IN_AN_HOUR) throw new Refusal('rate_limited', 'too_many_checks', 'The house has looked often enough for now. Try again in an hour.', { retryAfter: Math.ceil((lately[0]! + AN_HOUR - at) / 1000) });
    asked.set(persona, [...lately, at]);
  };
}

/**
 * Looks whether the page that a line of the caller's profile names links back with rel=me, to one of these addresses of the profile, and
 * keeps that it did. The line is looked for anew when the page is here: it may be another by then.
 * Refuses `field_unknown`, `field_no_address`, `too_many_checks`, `page_unreachable`, `no_link_back`.
 */
export const makeVerifyField = ({ fetchPage, ...deps }: PeopleDeps & { fetchPage: FetchPage }) => {
  const count = makeCount(deps.now);
  return async (caller: Me, n: number, addresses: readonly string[]): Promise<WholeProfile> => {
    const { value } = fieldAt(deps, caller, n);
    const url = URL.parse(value);
    if (url?.protocol !== 'https:') throw new Refusal('invalid', 'field_no_address', 'Only an address that begins with https:// can be looked at.', { field: `/fields/${n}` });
    count(caller.persona);
    const mine = new Set(addresses.map(sameAddress));
    if (!relMeOf(await fetchPage(value)).some((href) => mine.has(sameAddress(href)))) {
      throw new Refusal('conflict', 'no_link_back', 'The page was read, and it has no link with rel="me" to your profile.', { field: `/fields/${n}`, expected: addresses[0] ?? '' });
    }
    await deps.gate.transact(caller, caller.persona, PEOPLE, (tx) => {
      const body = profileBody(deps.gate, caller, caller.persona)!;
      const fields = (body.fields ?? []).map((field) => (field.value === value ? { ...field, verifiedAt: deps.now() } : field));
      tx.put('profile', { key: 'self', body: { ...body, ...(fields.length > 0 && { fields }) } as unknown as JsonObject });
    });
    return makeProfile(deps)(caller, caller.persona);
  };
};

function fieldAt({ gate }: Pick<PeopleDeps, 'gate'>, caller: Me, n: number): ProfileField {
  const field = profileBody(gate, caller, caller.persona)?.fields?.[n];
  if (!field) throw new Refusal('not_found', 'field_unknown', 'Your profile has no such line.');
  return field;
}
