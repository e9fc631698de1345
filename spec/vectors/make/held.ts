import { nextRev, type Op } from '../../../packages/core/index.ts';
import { long } from './tools.ts';

const DEVICES = [long('device 1'), long('device 2')].sort() as [string, string];

/** A record of a story: by one of two devices, upon an earlier one, or the first of its key. `says`: its body, null for a remove. */
interface Step { by: 0 | 1; upon: number | null; says: string | null }
const put = (by: 0 | 1, upon: number | null, says: string): Step => ({ by, upon, says });
const remove = (by: 0 | 1, upon: number): Step => ({ by, upon, says: null });

/** `gone`: steps that were erased before they came here, so that only the others are known. */
interface Story { name: string; steps: Step[]; gone?: number[]; holds: number; kept: number[] }

const STORIES: Story[] = [
  { name: 'one after the other', steps: [put(0, null, 'a'), put(0, 0, 'b'), put(1, 1, 'c')], holds: 2, kept: [] },
  { name: 'two upon the same: the later holds, the other is kept', steps: [put(0, null, 'a'), put(0, 0, 'b'), put(1, 0, 'c')], holds: 2, kept: [1] },
  { name: 'two that began the same key', steps: [put(0, null, 'a'), put(1, null, 'b')], holds: 1, kept: [0] },
  { name: 'the same words twice are no conflict', steps: [put(0, null, 'a'), put(0, 0, 'b'), put(1, 0, 'b')], holds: 2, kept: [] },
  { name: 'what was built on is not kept', steps: [put(0, null, 'a'), put(0, 0, 'b'), put(1, 0, 'c'), put(1, 2, 'd')], holds: 3, kept: [1] },
  { name: 'a longer branch wins, and the shorter one is kept by its end', steps: [put(0, null, 'a'), put(0, 0, 'b'), put(0, 1, 'c'), put(0, 2, 'd'), put(1, 0, 'e'), put(1, 4, 'f')], holds: 3, kept: [5] },
  { name: 'a removal holds, and the change that it did not know is kept', steps: [put(0, null, 'a'), remove(0, 0), put(1, 0, 'b')], holds: 1, kept: [2] },
  { name: 'a removal that knew of it leaves nothing', steps: [put(0, null, 'a'), put(1, 0, 'b'), remove(0, 1)], holds: 2, kept: [] },
  { name: 'two removals', steps: [put(0, null, 'a'), remove(0, 0), remove(1, 0)], holds: 2, kept: [] },
  { name: 'written anew upon a removal, against a change that knew of none', steps: [put(0, null, 'a'), remove(0, 0), put(0, 1, 'b'), put(1, 0, 'c')], holds: 2, kept: [3] },
  { name: 'a remove that lost leaves nothing', steps: [put(0, null, 'a'), remove(0, 0), put(0, 1, 'b'), remove(1, 0)], holds: 2, kept: [] },
  { name: 'three devices\' worth: two are kept', steps: [put(0, null, 'a'), put(0, 0, 'b'), put(1, 0, 'c'), put(0, 0, 'd')], holds: 3, kept: [1, 2] },
  { name: 'its base was erased before it came: nobody can tell that it knew the other', steps: [put(0, null, 'a'), put(0, 0, 'b'), put(1, 1, 'c'), put(1, 2, 'd')], gone: [2], holds: 3, kept: [1] },
];

/** Records of one key, which of them holds it, and which are kept beside it; the same in whatever order they come. */
export const held = (): object[] => STORIES.map(({ name, steps, gone = [], holds, kept }) => {
  const made: { id: string; rev: number; op: Op }[] = [];
  const records = steps.map(({ by, upon, says }, i) => {
    const base = upon === null ? null : made[upon]!;
    const op: Op = says === null ? 'remove' : 'put';
    const one = { id: long(`${name} ${i}`), rev: nextRev(base, op), op };
    made.push(one);
    return { ...one, at: (1000 + i).toString(16).padStart(16, '0'), device: DEVICES[by], base: base?.id ?? null, ...(says === null ? {} : { says }) };
  });
  return { name, records: records.filter((_, i) => !gone.includes(i)), holds: made[holds]!.id, kept: kept.map((i) => made[i]!.id) };
});
