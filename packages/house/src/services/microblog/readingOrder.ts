/** A post of a conversation, and by name which one it answers; null for the first. */
interface Answering { persona: string; key: string; parent: string | null }

const nameOf = ({ persona, key }: Answering): string => `${persona}/${key}`;

/**
 * Posts of one conversation, given oldest first, as somebody who opened `focus` reads them: the way there from the first post, the post,
 * what answers it, each with its own answers behind it; then the rest likewise, and last what answers posts that are not here.
 * So what a page further on brings stands below what was read. Loops made by odd data end, and nothing comes twice.
 */
export function readingOrder<R extends Answering>(posts: readonly R[], focus: string): R[] {
  const byName = new Map(posts.map((post) => [nameOf(post), post]));
  const answers = answersOf(posts);
  const order = new Set<R>();
  for (const post of wayTo(focus, byName)) order.add(post);
  const down = (name: string): void => {
    const open = [...answers.get(name) ?? []].reverse();
    for (let next = open.pop(); next; next = open.pop()) {
      if (order.has(next)) continue;
      order.add(next);
      open.push(...[...answers.get(nameOf(next)) ?? []].reverse());
    }
  };
  down(focus);
  for (const post of [...order, ...posts.filter(({ parent }) => parent === null)]) { order.add(post); down(nameOf(post)); }
  for (const name of answers.keys()) if (!byName.has(name)) down(name);
  // Where posts answer each other in a circle, no way leads in.
  for (const post of posts) order.add(post);
  return [...order];
}

function answersOf<R extends Answering>(posts: readonly R[]): Map<string, R[]> {
  const answers = new Map<string, R[]>();
  for (const post of posts) {
    if (post.parent === null) continue;
    const had = answers.get(post.parent);
    if (had) had.push(post);
    else answers.set(post.parent, [post]);
  }
  return answers;
}

// From the first post that is here to the one in focus, with it.
function wayTo<R extends Answering>(focus: string, byName: ReadonlyMap<string, R>): R[] {
  const way: R[] = [];
  for (let post = byName.get(focus); post && !way.includes(post); post = post.parent === null ? undefined : byName.get(post.parent)) way.unshift(post);
  return way;
}
