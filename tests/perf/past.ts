import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '@commonhold/core';
import { zipOf } from '../../packages/house/src/archive/index.ts';
import { importsOf } from '../../packages/house/src/past/open.ts';
import { openTrialHouse } from '../../packages/house/src/testing/house.ts';
import { postText } from './content.ts';
import { row, type BenchRow, type Setting, type Topic } from './row.ts';

const POSTS = 100_000;

/** An archive as Mastodon gives it, without pictures, until all of it is on disk and in the timelines; the fourth part of its posts are answers. */
export const PAST: Topic = { name: 'bringing 100,000 posts along', unit: 's', budget: { of: 'value', limit: 120 } };

/** Nothing bare does the same: the figure is held against what was promised. */
export async function measurePast({ temp, quick }: Setting): Promise<BenchRow> {
  const count = quick ? 1000 : POSTS;
  const path = join(temp, 'past.zip');
  await pipeline(Readable.from(zipOf([{ name: 'outbox.json', bytes: outbox(count) }])), createWriteStream(path));
  const trial = await openTrialHouse(['ada']);
  try {
    const { house, people } = trial;
    const ada = people['ada']!;
    const from = performance.now();
    const { id } = await importsOf(house, () => 'http://localhost').begin(ada, { kind: 'past', choice: 'as-it-was' }, createReadStream(path));
    const job = await house.jobs.ended(ada.persona, id);
    const seconds = (performance.now() - from) / 1000;
    if (job.state !== 'done' || (job.result as { made: number }).made !== count) throw new Refusal('invalid', 'not_all', `Not all came: ${JSON.stringify(job)}`);
    return row(PAST, { value: seconds, baseline: 0 });
  } finally { await trial.close(); }
}

const ME = 'https://old.example/users/ada';

function* outbox(count: number): Iterable<Buffer> {
  yield Buffer.from('{"type":"OrderedCollection","orderedItems":[');
  for (let i = 0; i < count; i++) yield Buffer.from(`${i === 0 ? '' : ','}${JSON.stringify(note(i))}`);
  yield Buffer.from(']}');
}

const note = (i: number): object => ({
  id: `${ME}/statuses/${i}/activity`, type: 'Create',
  object: {
    id: `${ME}/statuses/${i}`, type: 'Note', published: new Date(1_600_000_000_000 + i * 60_000).toISOString(), url: `https://old.example/@ada/${i}`, attachment: [], summary: null,
    to: ['https://www.w3.org/ns/activitystreams#Public'], cc: [`${ME}/followers`], content: `<p>${postText(i)}</p>`, inReplyTo: i % 4 === 1 ? `${ME}/statuses/${i - 1}` : null,
  },
});
