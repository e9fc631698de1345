import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openTrialHouse } from '../testing/house.ts';
import { makeTidy } from './tend.ts';

test('where one thing cannot be tidied up now, the others are, and it is tried again', async (t) => {
  const trial = await openTrialHouse(['ada', 'dee']);
  t.after(() => trial.close());
  const { house: { firewall, household, views, backups }, people } = trial;
  household.care.standings.expel(people['ada']!.persona, people['dee']!.persona, 3);
  trial.clock.ms += 3 * 86_400_000;
  // What is handed over to them has no place to go.
  const departed = join(trial.folder, 'departed');
  writeFileSync(departed, 'in the way');
  const errors: unknown[] = [];
  let forgot = 0;
  const tidy = makeTidy({ firewall, household, keeper: views, backups, onError: (error) => { errors.push(error); }, forget: () => { forgot++; } });
  await tidy();
  assert.deepEqual([errors.length, forgot, household.byHandle('dee') === null], [1, 1, false]);
  rmSync(departed);
  await tidy();
  assert.deepEqual([errors.length, forgot, household.byHandle('dee') === null], [1, 2, true]);
});
