import { Refusal, type Member, type Members } from '@commonhold/sdk/service';
import type { PotluckCollections } from './types.ts';

/**
 * Writes down, in the pod of whoever gives a meal, the day that suits most of those who named one; of several, the first. Potluck reads no names: it
 * counts by day. The record is its own, signed with its key, one for each meal. Refusals `no_days`, `not_now`.
 */
export async function settle(members: Members, member: Member, meal: string, now: number): Promise<{ date: string }> {
  const pod = members.pod<PotluckCollections>(member);
  if (member.version < 2 || !/^[\w-]{22}$/.test(meal)) throw notNow();
  const { groups = [] } = await pod.of('dates').count({ where: { meal: { eq: meal } }, by: 'date' }).catch(() => { throw notNow(); });
  const [best] = groups.sort((one, other) => other.count - one.count || (String(one.value) < String(other.value) ? -1 : 1));
  if (best === undefined) throw new Refusal('conflict', 'no_days', 'Nobody has named a day yet.');
  const date = String(best.value);
  await pod.of('settled').put([{ key: meal, body: { meal, date, createdAt: now } }]).catch(() => { throw notNow(); });
  return { date };
}

const notNow = (): Refusal => new Refusal('denied', 'not_now', 'Your house does not let Potluck do that just now.');
