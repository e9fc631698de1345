import { signal, type Signal } from '@preact/signals';
import { ApiError, type PostItem, type Ref } from '@commonhold/sdk';
import { client } from './client.ts';
import { listen } from './live.ts';
import { idOf, mergeOlder, withChange } from './merge.ts';
import { meetAll } from './people.ts';
import { readable } from './reading.ts';

const PAGE = 50, MOST = 500;

/** What of a conversation is not here yet: where it goes on, whether that is on its way, what kept it, and how it is asked for. */
function restOf(focus: Ref, items: Signal<readonly PostItem[] | null>) {
  const next = signal<string | null>(null);
  const loadingMore = signal(false);
  const moreFault = signal<unknown>(null);

  async function more(): Promise<void> {
    const after = next.peek();
    if (after === null || loadingMore.peek()) return;
    loadingMore.value = true;
    moreFault.value = null;
    try {
      const page = await client.microblog.thread(focus, { first: PAGE, after });
      // Read anew meanwhile: this page is of what was there before.
      if (next.peek() !== after) return;
      meetAll(page);
      items.value = mergeOlder(items.peek() ?? [], page.items);
      next.value = page.next;
    } catch (error) {
      moreFault.value = error;
    } finally {
      loadingMore.value = false;
    }
  }

  return { next, loadingMore, moreFault, more };
}

/** A conversation that is open: read page by page, then kept up by the live stream. */
export function openThread(focus: Ref) {
  const items = signal<readonly PostItem[] | null>(null);
  const fault = signal<unknown>(null);
  const further = restOf(focus, items);
  const { next } = further;

  async function load(): Promise<void> {
    fault.value = null;
    try {
      // As much as is open, so that nothing goes from under whoever reads.
      const thread = await readable(client.microblog.thread(focus, { first: Math.min(MOST, Math.max(PAGE, items.peek()?.length ?? 0)) }));
      meetAll(thread);
      items.value = thread.items;
      next.value = thread.next;
    } catch (error) {
      // What is on the screen stays there when the house does not answer; what it says is not there goes.
      if (error instanceof ApiError && error.status === 404) items.value = null;
      if (items.peek() === null) fault.value = error;
    }
  }

  function belongs(item: PostItem): boolean {
    const had = items.peek() ?? [];
    const { replyTo, root } = item.body;
    const first = had[0]?.body.root ?? had[0];
    if (had.some((other) => replyTo !== undefined && idOf(other) === idOf(replyTo))) return true;
    // What answers something further on comes with its page.
    return next.peek() === null && (root !== undefined && first !== undefined && idOf(first) === idOf(root));
  }

  return {
    items, fault, load,
    ...further,
    /** Puts a post into the conversation if it is of it; what is there already is shown as it is now. */
    add(item: PostItem): void {
      const had = items.peek();
      if (had?.some((other) => idOf(other) === idOf(item))) items.value = withChange(had, item);
      else if (had && belongs(item)) items.value = [...had, item];
    },
    /** A post of it has other words or another audience now. */
    replace(item: PostItem): void {
      if (items.peek()) items.value = withChange(items.peek()!, item);
    },
    /** Listens until the answer is called. */
    follow(): () => void {
      return listen((item) => this.add(item), () => void load());
    },
  };
}

/** What `openThread` makes. */
export type OpenThread = ReturnType<typeof openThread>;

const recent = new Map<string, OpenThread>();
const KEEP = 12;

/** Shows a change of a post in every conversation that holds it. */
export const changeInThreads = (item: PostItem): void => { for (const open of recent.values()) open.replace(item); };

/** Puts one's own new post into every conversation that it belongs to. */
export const addToThreads = (item: PostItem): void => { for (const open of recent.values()) open.add(item); };

/** The conversation around a post; going back finds it as it was. */
export function threadOf(focus: Ref): OpenThread {
  const id = idOf(focus);
  const found = recent.get(id) ?? openThread(focus);
  recent.delete(id);
  recent.set(id, found);
  if (recent.size > KEEP) recent.delete([...recent.keys()][0]!);
  return found;
}
