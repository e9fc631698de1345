import { Refusal } from '@commonhold/core';
import { ANYONE } from '../../../firewall/caller.ts';
import type { Image, Ref, WebDeps, WholeProfile } from '../ports.ts';

/** The body of a post, as far as it is shown. */
export interface PostBody {
  text: string; createdAt: number; editedAt?: number; lang?: string; warning?: string; images?: (Omit<Image, 'thumb'> & { alt?: string })[]; replyTo?: Ref;
  poll?: { options: string[]; until: number; multiple: boolean; counts?: number[]; voters?: number }; part?: { at: number; of: number };
}
/** Somebody whose page is open, as their page shows them. */
export interface Resident extends WholeProfile { /** Search engines may list them. */ listed: boolean; /** The front page may name them. */ front: boolean }
/** A post for everyone by somebody whose page is open; `quoted` null where what it quotes is not. */
export interface PublicPost extends Ref { by: Resident; body: PostBody; pinned: boolean; quoted?: PublicPost | null }
/** A page of posts, newest first; `next` leads to older ones. */
export interface PublicPage { posts: PublicPost[]; next: string | null }

type Deps = Pick<WebDeps, 'household' | 'gate' | 'microblog' | 'people'>;

interface Item extends Ref { audience: string; body: PostBody; pinned?: true; quoted?: { state: string; item?: Item } }

const PAGE = 20;

/**
 * What everyone may see, asked as nobody in particular: the firewall answers what is for everyone. Of that, whoever has not opened
 * their page, and whom the house keeps silent, is left out, wherever they stand. Asked anew for each request.
 */
export function makePublicReader({ household, gate, microblog, people }: Deps) {
  const known = new Map<string, Resident | null>();
  const residentOf = (who: string): Resident | null => {
    const had = known.get(who);
    if (had !== undefined) return had;
    const found = look(who);
    known.set(who, found);
    if (found) known.set(found.persona, found);
    return found;
  };
  const look = (who: string): Resident | null => {
    const person = household.personOf(who) ?? household.byHandle(who);
    if (!person || household.care.standings.of(person.persona) !== null) return null;
    const profile = quietly(() => people.profile(ANYONE, person.persona));
    return profile && { ...profile, ...household.faces.of(person.persona) };
  };
  const shown = (item: Item): PublicPost | null => {
    const by = item.audience === 'everyone' ? residentOf(item.persona) : null;
    if (!by) return null;
    const { persona, key, body, pinned = false, quoted } = item;
    return { persona, key, by, body, pinned, ...(quoted && { quoted: quoted.item ? shown(quoted.item) : null }) };
  };
  const pageOf = (text: string): PublicPage => {
    const { items, next } = JSON.parse(text) as { items: Item[]; next: string | null };
    return { posts: items.map(shown).filter((post) => post !== null), next };
  };
  const page = (before: string | undefined) => ({ first: PAGE, ...(before !== undefined && { before }) });
  return {
    residentOf,
    /** Everybody whom the front page may name. */
    front: (): Resident[] => household.people().map(({ persona }) => residentOf(persona)).filter((one) => one !== null && one.front) as Resident[],
    /** Somebody's posts without answers; what is pinned first. */
    by: async (persona: string, before?: string): Promise<PublicPage> => pageOf(await microblog.byPersona(ANYONE, persona, { replies: false, media: false, ...page(before) })),
    /** Posts of several by time alone. */
    newest: async (people: readonly string[], before?: string): Promise<PublicPage> => pageOf(await microblog.byPeople(ANYONE, people, page(before))),
    /** The conversation around a post, oldest first; null where that post is not to be shown. */
    thread: async (persona: string, key: string): Promise<PublicPost[] | null> => {
      const text = await microblog.thread(ANYONE, persona, key).catch(asNothing);
      const posts = text === null ? [] : pageOf(text).posts;
      return posts.some((post) => post.persona === persona && post.key === key) ? posts : null;
    },
    /** How many bytes a picture of a post has; null where it is not there. */
    bytes: ({ persona, key }: Ref, blob: string): number | null => gate.blobs.find(ANYONE, { persona, service: 'microblog', collection: 'posts', key }, blob)?.bytes ?? null,
  };
}

/** Reads for one request. */
export type PublicReader = ReturnType<typeof makePublicReader>;

function quietly<T>(ask: () => T): T | null {
  try { return ask(); } catch (error) { return asNothing(error); }
}

function asNothing(error: unknown): null {
  if (error instanceof Refusal && (error.kind === 'not_found' || error.kind === 'invalid')) return null;
  throw error;
}
