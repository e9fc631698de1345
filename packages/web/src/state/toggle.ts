import { signal } from '@preact/signals';
import type { PostItem, Ref } from '@commonhold/sdk';
import { t } from '../i18n/index.ts';
import { idOf } from './merge.ts';
import { enqueue, wishOf } from './outbox.ts';
import { known } from './people.ts';
import { toast } from './toast.ts';

/**
 * What a reader may switch on a post. `verb`: the last word of its address; `of`: how the post came; `about`: what it holds of, where that is
 * more than the post itself; `label`: the act in a few words, as long as it waits for the house; `failed`: the sentence when the house says no.
 */
interface Switched { verb: string; of: (item: PostItem) => boolean; about?: (item: PostItem) => string; label: (yes: boolean, name: string) => string; failed: (yes: boolean) => string }

/** A mark of the reader's on posts: shown at once; one question at a time for each post, and the last wish is the one that stays. */
export function makeToggle({ verb, of, about = idOf, label, failed }: Switched) {
  /* What the reader wants, by what it is about: newer than what came with the post. */
  const wanted = signal<ReadonlyMap<string, boolean>>(new Map());
  const sending = new Set<string>();
  const want = (id: string, yes: boolean): void => { wanted.value = new Map(wanted.peek()).set(id, yes); };
  /* What was wished offline is so, also after a reload. */
  const waiting = (id: string): boolean | undefined => {
    const wish = wishOf(`${verb}:${id}`);
    return wish === undefined ? undefined : wish === 'PUT';
  };
  const is = (item: PostItem): boolean => wanted.value.get(about(item)) ?? waiting(about(item)) ?? of(item);
  /* Throws what the house says; a wish that waits for the house is as good as granted. */
  const send = async (id: string, post: Ref, yes: boolean): Promise<void> => {
    const name = known.peek()[post.persona]?.name ?? t('post.someone');
    const outcome = await enqueue({ key: `${verb}:${id}`, method: yes ? 'PUT' : 'DELETE', path: `/microblog/posts/${post.persona}/${post.key}/${verb}`, label: label(yes, name) });
    if (outcome.state === 'refused') throw outcome.error;
  };
  return {
    /** Whether it is on. */
    is,
    /** Switches it; answers whether it stands so now. When the house says no, it goes back, with a sentence. */
    async set(item: PostItem, yes: boolean): Promise<boolean> {
      const id = about(item);
      let sure = is(item);
      want(id, yes);
      if (sending.has(id)) return yes;
      sending.add(id);
      try {
        for (let next = yes; next !== sure; next = wanted.peek().get(id) ?? sure) {
          await send(id, { persona: item.persona, key: item.key }, next);
          sure = next;
        }
      } catch {
        want(id, sure);
        toast(failed(yes));
      } finally {
        sending.delete(id);
      }
      return sure === yes;
    },
  };
}
