import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { AUDIENCES_OF_TEST, openAudienceTrial } from '../testing/audiences.ts';

const trial = await openAudienceTrial();
after(() => trial.close());

test('an own record may go from any audience to any other; nobody outside both ever sees it, whichever way they ask', { timeout: 110_000 }, async () => {
  const one = fc.constantFrom(...AUDIENCES_OF_TEST);
  await fc.assert(fc.asyncProperty(fc.array(one, { minLength: 2, maxLength: 5 }), async (audiences) => {
    const key = trial.key();
    const watches = trial.watchAll();
    let before: string | null = null;
    for (const audience of audiences) {
      await trial.put(key, `secret of ${audience}`, audience);
      for (const who of trial.everybody) {
        const may = trial.isIn(who, audience);
        const seen = await trial.sightOf(who, key);
        assert.deepEqual(seen, { get: may, query: may, count: may }, `${who} and ${audience}`);
      }
      await watches.settled();
      for (const who of trial.everybody) {
        const heard = watches.heard(who, key);
        const wasIn = before !== null && trial.isIn(who, before);
        if (!trial.isIn(who, audience) && !wasIn) assert.deepEqual(heard, [], `${who} heard of ${key} on its way to ${audience}`);
        if (trial.isIn(who, audience)) assert.ok(heard.at(-1) === 'put' || (before === audience && heard.length === 0), `${who} did not hear of ${audience}`);
        else if (wasIn) assert.equal(heard.at(-1), 'remove', `${who} was not told that it is gone`);
      }
      before = audience;
    }
    watches.stop();
    await trial.remove(key);
  }), { numRuns: 25 });
});
