/* Fills a house with a long life, as it lies in pods afterwards, and ends. Arguments: data folder, people, posts, likes, answers in each of the long threads. */
import { startHouse } from '../../packages/house/src/compose.ts';
import { numbers, postText } from './content.ts';
import { moveIn, type Resident } from './residents.ts';

/** Who lives there, and the posts that begin long threads. */
export interface Seeded { residents: Resident[]; threads: Post[] }
interface Post { persona: string; key: string }
interface Told { liker: string; key: string; body: { kind: 'like'; post: string; createdAt: number } }

const START = 1_700_000_000_000;
const MINUTE_MS = 60_000;
const THREADS = 10;
const SERVICE = 'microblog';
/** So many pods are written to at once: while one waits for the disk the others are worked on. */
const AT_ONCE = 8;

const [data = 'data', ...counts] = process.argv.slice(2);
const [people = 2, postCount = 50, likeCount = 0, long = 2] = counts.map(Number);
const next = numbers(23);
const residents = await moveIn(data, people);
const house = await startHouse({ data, port: 0, host: null, origin: null });
const owner = (persona: string) => ({ kind: 'owner', persona }) as const;
await follow();
const threads = await write(THREADS, (n) => ({ n }));
await write(THREADS * long, (n) => ({ n: n + THREADS, under: threads[n % THREADS]! }));
const posts = await write(Math.max(0, postCount - THREADS * (long + 1)), (n) => ({ n: n + THREADS * (long + 1) }));
await tell(await like([...threads, ...posts]));
await house.views.ask(() => {});
await house[Symbol.asyncDispose]();
process.send?.({ residents, threads } satisfies Seeded);
process.disconnect?.();

/** Somebody follows everybody, most follow some, a few hardly anybody. */
async function follow(): Promise<void> {
  await each(residents.map(({ persona }, i) => ({ persona, others: i === 0 ? residents.slice(1) : residents.filter((one) => one.persona !== persona && next(300) < [3, 30, 90, 200][i % 4]!) })), async ({ persona, others }) => {
    await house.gate.transact(owner(persona), persona, 'people', (tx) => {
      for (const other of others) tx.put('links', { body: { persona: other.persona, relation: 'follow', createdAt: START } });
    });
  });
}

/** Writes so many posts, one a minute, by anybody; each pod in one go. */
async function write(count: number, make: (n: number) => { n: number; under?: Post }): Promise<Post[]> {
  const of = residents.map((): number[] => []);
  for (let n = 0; n < count; n++) of[next(residents.length)]!.push(n);
  const made = await each(residents, ({ persona }, i) => house.gate.transact(owner(persona), persona, SERVICE, (tx) => of[i]!.map((one) => {
    const { n, under } = make(one);
    const body = { text: postText(n), createdAt: START + n * MINUTE_MS, ...(under ? { replyTo: { ...under }, root: { ...under } } : {}) };
    return { persona, key: tx.put('posts', { body }).key };
  })));
  return made.flat();
}

/** Likes as they lie in the pods of who likes; answers what each author is to be told. */
async function like(all: readonly Post[]): Promise<Map<string, Told[]>> {
  const of = new Map(residents.map(({ persona }) => [persona, [] as Told[]]));
  const every = Math.ceil(likeCount / residents.length);
  await each(residents, ({ persona: liker }) => house.gate.transact(owner(liker), liker, SERVICE, (tx) => {
    for (let n = 0; n < every; n++) {
      const { persona, key } = all[next(all.length)]!;
      if (persona === liker) continue;
      const createdAt = START + next(postCount) * MINUTE_MS;
      const made = tx.put('likes', { body: { post: { persona, key }, createdAt } });
      of.get(persona)!.push({ liker, key: made.key, body: { kind: 'like', post: key, createdAt } });
    }
  }));
  return of;
}

/** What authors were told of likes, signed, proved and taken in like any; what one pod is told shares a transaction. */
async function tell(of: Map<string, Told[]>): Promise<void> {
  await each([...of], async ([target, told]) => {
    await Promise.all(told.map(({ liker, key, body }) => {
      const proved = house.firewall.outbox.offerOf({ id: 0, author: liker, target, tries: 0, next: 0, effect: { op: 'put', service: SERVICE, collection: 'reactions', key, body } });
      return proved && house.microblog.acceptReaction(owner(liker), proved);
    }));
  });
}

/** Does something for each, several at a time, and answers in their order. */
async function each<T, R>(all: readonly T[], work: (one: T, i: number) => Promise<R>): Promise<R[]> {
  const made: R[] = [];
  let at = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let i = at++; i < all.length; i = at++) made[i] = await work(all[i]!, i);
  }));
  return made;
}
