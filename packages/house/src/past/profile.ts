import type { Archive } from '../archive/index.ts';
import type { Caller } from '../firewall/caller.ts';
import type { Pictures } from '../pictures/index.ts';
import type { Image } from '../services/microblog/index.ts';
import type { People } from '../services/people/index.ts';
import { takeOne } from './bring.ts';
import type { Failed, Past } from './types.ts';

/** What a profile is brought along with. */
export interface ProfileDeps { people: Pick<People, 'profile' | 'setProfile'>; pictures: Pick<Pictures, 'take'> }

interface Order { caller: Caller & { persona: string }; past: Past; archive: Archive; signal: AbortSignal; fail(failed: Failed): Promise<void> }

const MOST_BIO = 500;
const PICTURES = ['picture', 'banner'] as const;

/**
 * Fills in what somebody's profile here lacks with what it was in an archive: words about themselves, picture, banner. What is here stays,
 * and so does the name. Answers how many of the three came.
 */
export async function bringProfile({ people, pictures }: ProfileDeps, { caller, past, archive, signal, fail }: Order): Promise<number> {
  const was = await past.profile();
  if (!was) return 0;
  const now = people.profile(caller, caller.persona);
  const found: { picture?: Image; banner?: Image } = {};
  for (const part of PICTURES) {
    const name = was[part];
    if (name === undefined || now[part] !== undefined) continue;
    signal.throwIfAborted();
    const images: Image[] = [];
    const why = await takeOne(pictures, caller, 'people', { entry: name }, { entry: archive.entries.find((entry) => entry.name === name), images });
    if (why) await fail({ item: name, why });
    else found[part] = images[0]!;
  }
  const bio = now.bio ?? [...was.bio ?? ''].slice(0, MOST_BIO).join('').trim();
  const came = Object.keys(found).length + (bio !== '' && now.bio === null ? 1 : 0);
  if (came > 0) await people.setProfile(caller, { name: now.name, ...(bio === '' ? {} : { bio }), ...found });
  return came;
}
