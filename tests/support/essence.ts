import { createHash } from 'node:crypto';
import type { HouseProcess } from './house-process.ts';
import type { Member } from './people.ts';

interface Line { type: string; id?: string; lane?: string; seq?: number; body?: unknown; blob?: string; data?: string; part?: number }

/** Everything of one person that is signed or named by its bytes, as a house gives it: records with their bodies, and what files are made of. */
export async function essenceOf({ url }: HouseProcess, { session }: Member): Promise<string[]> {
  const answer = await fetch(`${url}/me/export`, { headers: { authorization: `Bearer ${session}` } });
  return (await answer.text()).trim().split('\n').map((line) => JSON.parse(line) as Line).flatMap((line) => (
    line.type === 'entry' ? [`${line.lane} ${line.seq} ${line.id} ${JSON.stringify(line.body ?? null)}`]
      : line.type === 'blob' ? [`${line.blob} ${line.part} ${createHash('sha256').update(line.data!).digest('hex')}`] : [])).sort();
}
