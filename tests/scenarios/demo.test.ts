import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ApiError, createClient } from '@commonhold/sdk';
import { assertCalm } from '../e2e/steps.ts';
import { launch, noBrowser, openPage } from '../support/browser.ts';
import { freePort, tempFolder } from '../support/house-process.ts';
import { PROGRAM } from '../support/program.ts';


test('a demo starts with people who have lived there; whoever looks around reads everything, and writes nothing', async (t) => {
  const port = await freePort();
  const temp = tempFolder(t, 'demo');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, 'demo', '--port', String(port)], { env: { ...process.env, TMPDIR: temp }, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => { child.kill('SIGKILL'); });
  let said = '';
  for await (const piece of child.stdout) if ((said += String(piece)).includes('Ctrl-C')) break;
  assert.match(said, new RegExp(`http://localhost:${port}$`, 'm'));
  const base = `http://localhost:${port}`;

  const front = await fetch(base, { headers: { accept: 'text/html' } });
  const page = await front.text();
  assert.match(page, /Linden Yard[^]*Look around[^]*Sin\u00e9ad Walsh/);
  assert.equal((await fetch(`${base}/@rosa`)).status, 404);

  const { session } = await createClient({ base }).sessions.lookAround();
  const guest = createClient({ base, session });
  const first = await guest.microblog.house();
  const items = [...first.items];
  for (let { next } = first; next !== null;) {
    const page = await guest.microblog.house({ before: next });
    items.push(...page.items);
    next = page.next;
  }
  assert.ok(items.length > 150, String(items.length));
  assert.ok((await guest.people.list()).people.length === 26);
  assert.ok(items.some(({ body }) => body.images) && items.some(({ body }) => body.poll?.counts));
  const [post] = items;
  const look = (error: unknown): boolean => error instanceof ApiError && error.status === 403 && error.code === 'look_only' && /looking around/.test(error.message);
  for (const write of [
    () => guest.microblog.post({ text: 'I was here', audience: 'house' }, 'a-key-of-sixteen'), () => guest.people.setProfile({ name: 'Me' }), () => guest.microblog.like(post!),
    () => guest.people.follow(post!.persona), () => guest.me.setPublicFace({ open: true, listed: true, front: true }), () => guest.me.makeToken({ label: 'x', services: null, write: true }),
  ]) await assert.rejects(write(), look);
  await t.test('in a browser, too: no composer, and everything else', { skip: noBrowser() ?? false }, async (at) => {
    const watched = await openPage(await launch(at));
    const { page } = watched;
    await page.goto(`${base}/login`);
    await page.getByRole('button', { name: 'Look around' }).click();
    await page.getByText('You are looking around in a made-up house').waitFor();
    await page.getByRole('article').first().waitFor();
    assert.deepEqual([await page.getByRole('textbox').count(), await page.getByRole('button', { name: 'Write', exact: true }).count()], [0, 0]);
    await page.keyboard.press('n');
    await page.getByText('You are only looking around').waitFor();
    await page.goto(`${base}/@${post!.persona}/${post!.key}`);
    await page.getByText('You are looking around in a made-up house').waitFor();
    assertCalm(watched, base);
  });
  await guest.sessions.end();
  assert.equal((await guest.me.get()).handle, 'visitor');

  assert.equal(readdirSync(temp).filter((name) => name.startsWith('commonhold-demo-')).length, 1);
  child.kill('SIGTERM');
  child.stdout.resume();
  assert.deepEqual(await once(child, 'exit'), [0, null]);
  assert.ok(!readdirSync(temp).some((name) => existsSync(join(temp, name)) && name.startsWith('commonhold-demo-')));
});
