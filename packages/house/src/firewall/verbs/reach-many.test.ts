import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSqlite } from '../../sqlite/port.ts';
import { openTrialFirewall } from '../../testing/firewall.ts';
import { NOTES } from '../../testing/notes.ts';
import type { Caller } from '../caller.ts';

const LIVING = 120;
const BROKEN = 15;
const AWAY = 15;

test('over 150 links of which 20 % are dead, all the living are there before the time is over, each once', async (t) => {
  const names = Array.from({ length: 1 + LIVING + BROKEN }, (_, i) => `p${i}`);
  const trial = openTrialFirewall(names, NOTES);
  t.after(() => trial.close());
  const [ada, ...others] = names.map((name) => trial.people[name] as Caller & { persona: string });
  const at = (persona: string) => ({ persona, service: 'notes', collection: 'lines' });
  const away = Array.from({ length: AWAY }, (_, i) => `c${String.fromCharCode(97 + i).repeat(52)}`);
  const { gate } = trial.firewall;
  await gate.transact(ada!, ada!.persona, 'people', (tx) => {
    for (const persona of [...others.map((one) => one.persona), ...away]) tx.put('links', { body: { persona, relation: 'follow', createdAt: 1 } });
  });
  await Promise.all([ada!, ...others].map((one, i) => gate.data.put(one, at(one.persona), { items: [{ body: { title: one.persona, rank: i }, audience: 'house' }] })));
  trial.firewall.close();
  for (const { persona } of others.slice(LIVING)) {
    const file = openSqlite(join(trial.folder, 'pods', `pod-${persona}.db`), { durability: 'full' });
    file.exec(`UPDATE statements SET signed = replace(signed, '"by"', '"bye"')`);
    file.close();
  }
  trial.reopen();
  const answer = JSON.parse(await trial.firewall.gate.data.query(ada!, at(ada!.persona), { reach: { linked: ['follow'], deadlineMs: 10_000 }, order: ['rank'], first: 500 })) as { items: { body: { title: string } }[]; origins: { persona: string; ok: boolean; problem?: string }[] };
  assert.deepEqual(answer.items.map(({ body }) => body.title), [ada!, ...others.slice(0, LIVING)].map(({ persona }) => persona));
  const dead = answer.origins.filter(({ ok }) => !ok);
  assert.equal(answer.origins.length, 1 + LIVING + BROKEN + AWAY);
  assert.deepEqual([...Map.groupBy(dead, ({ problem }) => problem)].map(([problem, of]) => [problem, of.length]).toSorted(), [['not_found', BROKEN], ['not_reachable_yet', AWAY]]);
});
