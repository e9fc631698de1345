/* A whole house after a long life behind its web door. Arguments: data folder, people, posts, likes, answers in each of the long threads. */
import { keepHeapSmall } from '../../packages/house/src/cli/heap.ts';
import { startHouse } from '../../packages/house/src/compose.ts';
import { answerParent, type Ready } from './channel.ts';
import { numbers, postText } from './content.ts';
import { moveIn, type Resident } from './residents.ts';

/** Who lives there, and the posts that begin long threads. */
export interface DayReady extends Ready { residents: Resident[]; threads: Post[] }
interface Post { persona: string; key: string }

const NO_LIMIT = { burst: 1e12, perSecond: 1e12 };
const NO_LIMITS = { read: NO_LIMIT, write: NO_LIMIT, prepare: NO_LIMIT, enter: NO_LIMIT, login: NO_LIMIT, live: NO_LIMIT, page: NO_LIMIT };
const START = 1_700_000_000_000;
const MINUTE_MS = 60_000;
const THREADS = 10;
const SERVICE = 'microblog';

keepHeapSmall();
const [data = 'data', ...counts] = process.argv.slice(2);
const [people = 2, postCount = 50, likeCount = 0, long = 2] = counts.map(Number);
const next = numbers(23);
const residents = await moveIn(data, people);
const house = await startHouse({ data, port: 0, host: null, origin: null }, { limits: NO_LIMITS });
const owner = (persona: string) => ({ kind: 'owner', persona }) as const;
await follow();
const threads = await write(THREADS, (n) => ({ n }));
await write(THREADS * long, (n) => ({ n: n + THREADS, under: threads[n % THREADS]! }));
const posts = await write(Math.max(0, postCount - THREADS * (long + 1)), (n) => ({ n: n + THREADS * (long + 1) }));
await like([...threads, ...posts]);
await house.views.ask(() => {});
answerParent<DayReady>({ port: house.network.port, residents, threads }, () => house[Symbol.asyncDispose]());

/** Somebody follows everybody, most follow some, a few hardly anybody. */
async function follow(): Promise<void> {
  for (const [i, { persona }] of residents.entries()) {
    const others = i === 0 ? residents.slice(1) : residents.filter((one) => one.persona !== persona && next(300) < [3, 30, 90, 200][i % 4]!);
    await house.gate.transact(owner(persona), persona, 'people', (tx) => {
      for (const other of others) tx.put('links', { body: { persona: other.persona, relation: 'follow', createdAt: START } });
    });
  }
}

/** Writes so many posts, one a minute, by anybody; each pod in one go. */
async function write(count: number, make: (n: number) => { n: number; under?: Post }): Promise<Post[]> {
  const of = residents.map((): number[] => []);
  for (let n = 0; n < count; n++) of[next(residents.length)]!.push(n);
  const made = await Promise.all(residents.map(({ persona }, i) => house.gate.transact(owner(persona), persona, SERVICE, (tx) => of[i]!.map((one) => {
    const { n, under } = make(one);
    const body = { text: postText(n), createdAt: START + n * MINUTE_MS, ...(under ? { replyTo: { ...under }, root: { ...under } } : {}) };
    return { persona, key: tx.put('posts', { body }).key };
  }))));
  return made.flat();
}

/** Likes as they lie in a pod: the liker's own records, and what the author was told of each, signed and proved like any. */
async function like(all: readonly Post[]): Promise<void> {
  const of = new Map<string, { liker: string; key: string; body: { kind: 'like'; post: string; createdAt: number } }[]>();
  const each = Math.ceil(likeCount / residents.length);
  for (const { persona: liker } of residents) {
    await house.gate.transact(owner(liker), liker, SERVICE, (tx) => {
      for (let n = 0; n < each; n++) {
        const { persona, key } = all[next(all.length)]!;
        if (persona === liker) continue;
        const createdAt = START + next(postCount) * MINUTE_MS;
        const made = tx.put('likes', { body: { post: { persona, key }, createdAt } });
        of.set(persona, [...of.get(persona) ?? [], { liker, key: made.key, body: { kind: 'like', post: key, createdAt } }]);
      }
    });
  }
  for (const [target, told] of of) {
    await Promise.all(told.map(({ liker, key, body }) => {
      const proved = house.firewall.outbox.offerOf({ id: 0, author: liker, target, tries: 0, next: 0, effect: { op: 'put', service: SERVICE, collection: 'reactions', key, body } });
      return proved && house.microblog.acceptReaction(owner(liker), proved);
    }));
  }
}
