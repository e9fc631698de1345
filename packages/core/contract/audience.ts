import type { Audience, Facts } from './types.ts';


/** Every audience; the position of one is its bit in an audience mask. */
export const AUDIENCES: readonly Audience[] = ['only-me', 'close', 'linked', 'house', 'members', 'followers', 'everyone'];

/** Relations that never open anything: kept only-me, or recorded because the other side asked for it. */
const NOT_CHOSEN = new Set(['block', 'mute', 'follower']);

/**
 * The one table: audience → is this caller in it? The owner is in all of them. `close` lies inside `followers`, so
 * that the order of `narrower` is true of the people, too; a service counts among its members, since it can make personas.
 */
export const IN_AUDIENCE: { readonly [audience in Audience]: (facts: Facts) => boolean } = {
  'only-me': (facts) => facts.owner,
  close: (facts) => facts.owner || facts.relations.includes('close'),
  linked: (facts) => facts.owner || facts.relations.some((relation) => !NOT_CHOSEN.has(relation)),
  house: (facts) => facts.owner || facts.house,
  members: (facts) => facts.owner || facts.member || facts.service,
  followers: (facts) => facts.owner || facts.relations.includes('follower') || facts.relations.includes('close'),
  everyone: () => true,
};

/** The audiences that a caller belongs to, as bits in the order of AUDIENCES. */
export function audienceMask(facts: Facts): number {
  if (facts.owner) return 127;
  let mask = 0;
  for (let i = 0; i < AUDIENCES.length; i++) if (IN_AUDIENCE[AUDIENCES[i]!](facts)) mask |= 1 << i;
  return mask;
}

/** The bits of a list of audiences. */
export const maskOf = (audiences: readonly Audience[]): number =>
  audiences.reduce((mask, audience) => mask | (1 << AUDIENCES.indexOf(audience)), 0);

/** The audiences of a mask, in the order of AUDIENCES. */
export const audiencesOf = (mask: number): readonly Audience[] => AUDIENCES.filter((_, i) => mask & (1 << i));

const WIDER: { readonly [audience in Audience]: readonly Audience[] } = {
  'only-me': AUDIENCES,
  close: ['close', 'followers', 'everyone'],
  linked: ['linked', 'everyone'],
  house: ['house', 'everyone'],
  members: ['members', 'everyone'],
  followers: ['followers', 'everyone'],
  everyone: ['everyone'],
};

/**
 * True when `a` is the same as or narrower than `b`: whoever is in `a` is in `b`.
 * only-me ≤ close ≤ followers ≤ everyone; only-me ≤ house, linked, members ≤ everyone; nothing else is ordered.
 */
export const narrower = (a: Audience, b: Audience): boolean => WIDER[a].includes(b);

/**
 * The audiences a reply may have. To a house or everyone record: that audience or a narrower one. To any other:
 * only-me, because the reply itself goes as an offer to the owner of the root, who keeps it in the root's audience.
 */
export const replyAudiences = (root: Audience): readonly Audience[] =>
  root === 'house' || root === 'everyone' ? AUDIENCES.filter((audience) => narrower(audience, root)) : ['only-me'];
