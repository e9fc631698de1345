import type { PostItem, Ref, Thread } from '@commonhold/sdk';
import { idOf } from '../state/merge.ts';

/** A place in a conversation: a post, or where one is missing; with what answers it, oldest first. */
export type Branch = { ref: Ref; item: PostItem | null; replies: Branch[] };

/** A conversation as it is shown: the way from the first post to the focused one (missing ones are null), then what answers it. */
export interface Tree { ancestors: Branch[]; focus: Branch; count: number }

type Children = Map<string, PostItem[]>;

function childrenOf(items: readonly PostItem[]): Children {
  const children: Children = new Map();
  for (const item of items) {
    const parent = item.body.replyTo;
    if (!parent) continue;
    const list = children.get(idOf(parent));
    if (list) list.push(item);
    else children.set(idOf(parent), [item]);
  }
  // A page further on may bring what is older than what came live meanwhile.
  for (const list of children.values()) list.sort((a, b) => a.body.createdAt - b.body.createdAt);
  return children;
}

function grow(ref: Ref, item: PostItem | null, children: Children, seen: Set<string>): Branch {
  seen.add(idOf(ref));
  const replies = (children.get(idOf(ref)) ?? []).filter((child) => !seen.has(idOf(child)));
  return { ref, item, replies: replies.map((child) => grow(child, child, children, seen)) };
}

function wayTo(focus: PostItem | null, byId: ReadonlyMap<string, PostItem>): Branch[] {
  const way: Branch[] = [];
  const seen = new Set<string>();
  for (let ref = focus?.body.replyTo; ref && !seen.has(idOf(ref)); ref = byId.get(idOf(ref))?.body.replyTo) {
    seen.add(idOf(ref));
    way.unshift({ ref, item: byId.get(idOf(ref)) ?? null, replies: [] });
  }
  return way;
}

/** Replies of this conversation to posts that are not here: they hang on a placeholder under the first post. */
function lost(focus: Ref, byId: ReadonlyMap<string, PostItem>, children: Children, seen: Set<string>): Branch[] {
  return [...children].flatMap(([parent, replies]) => {
    const { replyTo, root } = replies[0]!.body;
    if (byId.has(parent) || !root || idOf(root) !== idOf(focus) || !replyTo || seen.has(parent)) return [];
    return [grow(replyTo, null, children, seen)];
  });
}

const size = (branch: Branch): number => branch.replies.reduce((sum, reply) => sum + size(reply), branch.item ? 1 : 0);

/** Builds what is shown of a thread. Loops made by odd data end; nothing is shown twice. */
export function buildTree(thread: Pick<Thread, 'focus' | 'items'>): Tree {
  const byId = new Map(thread.items.map((item) => [idOf(item), item]));
  const children = childrenOf(thread.items);
  const item = byId.get(idOf(thread.focus)) ?? null;
  const ancestors = wayTo(item, byId);
  const seen = new Set(ancestors.map((branch) => idOf(branch.ref)));
  const focus = grow(thread.focus, item, children, seen);
  focus.replies.push(...lost(thread.focus, byId, children, seen));
  return { ancestors, focus, count: size(focus) - 1 };
}

/** How many posts a branch holds below its own. */
export const countBelow = (branch: Branch): number => size(branch) - (branch.item ? 1 : 0);

/** Who wrote below a branch, each once, at most `most`. */
export function voices(branch: Branch, most = 3): string[] {
  const all = (b: Branch): string[] => b.replies.flatMap((reply) => [...(reply.item ? [reply.item.persona] : []), ...all(reply)]);
  return [...new Set(all(branch))].slice(0, most);
}
