/* A whole house behind its web door, as `npm start` serves it; only the rate limits are out of the way. Arguments: data folder, people, posts, `limits` for the usual rates. */
import { keepHeapSmall } from '../../packages/house/src/cli/heap.ts';
import { startHouse } from '../../packages/house/src/compose.ts';
import { answerParent, type Ready } from './channel.ts';
import { numbers, postText } from './content.ts';
import { moveIn, type Resident } from './residents.ts';

/** Whom and what the measured house holds; the first resident follows all others. */
export interface HouseReady extends Ready { residents: Resident[]; posts: { persona: string; key: string }[] }

const NO_LIMIT = { burst: 1e12, perSecond: 1e12 };
const NO_LIMITS = { read: NO_LIMIT, write: NO_LIMIT, prepare: NO_LIMIT, enter: NO_LIMIT, login: NO_LIMIT, live: NO_LIMIT, page: NO_LIMIT };
const START = 1_700_000_000_000;

keepHeapSmall();
const [data = 'data', people = '2', postCount = '50', rates = 'free'] = process.argv.slice(2);
const residents = await moveIn(data, Number(people));
const house = await startHouse({ data, port: 0, host: null, origin: null }, rates === 'limits' ? {} : { limits: NO_LIMITS });
const posts = await write();
await follow(residents[0]!, residents.slice(1));
await open(residents[3]!);
answerParent<HouseReady>({ port: house.network.port, residents, posts }, () => house[Symbol.asyncDispose]());

/** Posts of everybody in a shuffled order of time, so that a page has some 45 authors: the dear case. */
async function write(): Promise<{ persona: string; key: string }[]> {
  const next = numbers(7);
  const of = residents.map((): number[] => []);
  for (let n = 0; n < Number(postCount); n++) of[next(residents.length)]!.push(n);
  const made = await Promise.all(residents.map(({ persona }, i) => house.gate.transact({ kind: 'owner', persona }, persona, 'microblog', (tx) =>
    of[i]!.map((n) => ({ persona, key: tx.put('posts', { body: { text: postText(n), createdAt: START + n * 1000 } }).key })))));
  return made.flat();
}

/** A page for everyone with twenty posts, older than all others, so that those find what they found before. */
async function open({ persona }: Resident): Promise<void> {
  const caller = { kind: 'owner', persona } as const;
  await house.gate.transact(caller, persona, 'microblog', (tx) => {
    for (let n = 0; n < 20; n++) tx.put('posts', { body: { text: postText(n), createdAt: START - 100_000 + n * 1000 }, audience: 'everyone' });
  });
  await house.people.setOpen(caller, true);
}

async function follow({ persona }: Resident, others: readonly Resident[]): Promise<void> {
  await house.gate.transact({ kind: 'owner', persona }, persona, 'people', (tx) => {
    for (const other of others) tx.put('links', { body: { persona: other.persona, relation: 'follow', createdAt: START } });
  });
}
