import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '@commonhold/core';
import { openTrial, suite } from '../household/fixture.ts';
import { makeJobs } from './jobs.ts';
import type { Job, JobProgress } from './types.ts';

const open = (t: Parameters<typeof openTrial>[0], from = openTrial(t), errors: unknown[] = []) =>
  ({ trial: from, errors, jobs: makeJobs({ db: from.db, suite, now: () => from.now.ms, onError: (error) => { errors.push(error); } }) });

/** Work that ends when told, or when it is cancelled. */
function held() {
  let end!: (result: unknown) => void, progress!: JobProgress, begun!: () => void;
  const started = new Promise<void>((resolve) => { begun = resolve; });
  const run = (say: JobProgress, signal: AbortSignal) => new Promise((resolve, reject) => {
    [end, progress] = [resolve, say];
    signal.addEventListener('abort', () => reject(signal.reason));
    begun();
  });
  return { run, started, end: (result?: unknown) => end(result), say: (...at: Parameters<JobProgress>) => progress(...at) };
}

test('a job is seen by its owner while it runs and after, and by nobody else', async (t) => {
  const { jobs } = open(t), work = held(), heard: [string, Job][] = [];
  jobs.listen((owner, job) => { heard.push([owner, job]); });
  const { id, state } = jobs.start('import', 'c-ada', work.run);
  assert.equal(state, 'running');
  await work.started;
  work.say(3.7, 10, 'posts');
  assert.deepEqual(jobs.list('c-ada').map(({ done, of, words }) => [done, of, words]), [[3, 10, 'posts']]);
  assert.deepEqual(jobs.list('c-bob'), []);
  assert.throws(() => jobs.cancel('c-bob', id), { code: 'job_unknown' });
  work.end({ posts: 3 });
  assert.deepEqual(await jobs.ended('c-ada', id).then(({ state: is, result }) => [is, result]), ['done', { posts: 3 }]);
  assert.deepEqual([heard[0]![1].state, heard.at(-1)![1].state, new Set(heard.map(([owner]) => owner)).size], ['running', 'done', 1]);
});

test('one of a kind at a time for each owner; cancelling ends it', async (t) => {
  const { jobs } = open(t), work = held();
  const { id } = jobs.start('import', 'c-ada', work.run);
  assert.throws(() => jobs.start('import', 'c-ada', work.run), { code: 'job_running' });
  jobs.start('export', 'c-ada', async () => null);
  await work.started;
  jobs.cancel('c-ada', id);
  assert.equal((await jobs.ended('c-ada', id)).state, 'cancelled');
  jobs.start('import', 'c-ada', async () => null);
  await jobs.close();
});

test('a refusal is told as it is; what is our own fault is told to the log', async (t) => {
  const { jobs, errors } = open(t);
  const refused = jobs.start('a', 'house', async () => { throw new Refusal('invalid', 'bad_zip', 'This is no zip.'); });
  assert.deepEqual((await jobs.ended('house', refused.id)).failed, { code: 'bad_zip', say: 'This is no zip.' });
  const broken = jobs.start('b', 'house', async () => { throw new TypeError('secret'); });
  assert.equal((await jobs.ended('house', broken.id)).failed?.code, 'internal');
  assert.equal(errors.length, 1);
});

test('what runs when the house closes, or is killed, counts as interrupted', async (t) => {
  const first = open(t), work = held();
  first.jobs.start('backup', 'house', work.run);
  await work.started;
  const killed = open(t, first.trial.crash());
  assert.equal(killed.jobs.list('house')[0]!.state, 'interrupted');
  await first.jobs.close();
  assert.deepEqual(first.jobs.list('house').map(({ state }) => state), ['interrupted']);
  assert.throws(() => first.jobs.start('backup', 'house', work.run), { code: 'closed' });
});

test('twenty that ended are kept', async (t) => {
  const { jobs, trial } = open(t);
  for (let n = 0; n < 25; n++) { trial.now.ms++; const { id } = jobs.start('a', 'house', async () => n); await jobs.ended('house', id); }
  assert.deepEqual(jobs.list('house').map(({ result }) => result), Array.from({ length: 20 }, (_, i) => 24 - i));
});
