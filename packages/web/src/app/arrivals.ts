import { ApiError, type Image } from '@commonhold/sdk';
import { faultText } from '../components/Empty.tsx';
import { emptyDraft } from '../compose/draft.ts';
import { shelf } from '../compose/drafts.ts';
import { goOn } from '../compose/goOn.ts';
import { lastAudience } from '../compose/last.ts';
import { change, inStore } from '../offline/database.ts';
import { client } from '../state/client.ts';
import { toast } from '../state/toast.ts';
import { openWrite } from '../state/writing.ts';

/** What another app shared, as the service worker kept it. */
interface Shared { persona: ''; key: string; text: string; pictures: readonly File[] }

async function taken(): Promise<Shared | undefined> {
  const row = await inStore('shared', 'readonly', (store) => store.get(['', 'shared']) as IDBRequest<Shared | undefined>).catch(() => undefined);
  if (row) await change('shared', [], [['', 'shared']]).catch(() => undefined);
  return row;
}

/* A picture that the house does not take is said, and the rest comes all the same. */
async function sent(picture: File): Promise<Image | null> {
  try {
    return (await client.microblog.sendImage(picture)).image;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(faultText(error));
    return null;
  }
}

/** Puts what was shared into the composer: the words at once, the pictures once the house has them. */
async function compose(persona: string, { text, pictures }: Shared): Promise<void> {
  const images = (await Promise.all(pictures.map(sent))).filter((image) => image !== null);
  const draft = { ...emptyDraft(lastAudience(shelf, persona) ?? 'house'), parts: [{ text, ...(images.length ? { images } : {}) }] as const, updatedAt: Date.now() };
  // It stands where posts are written, which is over this page.
  goOn(persona, { context: '', draft }, () => undefined);
}

/** Does what an address of the app asks for beyond its page: `?write` opens the composer, `?shared` with what another app shared. */
export async function arrive(persona: string, asked: URLSearchParams): Promise<void> {
  const shared = asked.has('shared') ? await taken() : undefined;
  if (shared) await compose(persona, shared);
  else if (asked.has('write')) openWrite();
}
