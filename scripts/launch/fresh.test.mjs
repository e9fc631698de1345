import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { folder, write } from './fixture.mjs';
import { alone } from './lock.mjs';
import { packagesFresh } from './packages.mjs';
import { buildWeb, webFresh } from './web.mjs';

const age = (path, seconds) => utimesSync(path, seconds, seconds);

describe('packages are fresh', () => {
  const installed = (t, { tools = true } = {}) => {
    const root = folder(t);
    write(root, { 'package-lock.json': '{}', 'node_modules/.package-lock.json': '{}', ...(tools && { 'node_modules/typescript/package.json': '{}' }) });
    age(join(root, 'package-lock.json'), 1000);
    age(join(root, 'node_modules/.package-lock.json'), 2000);
    return root;
  };

  it('when npm finished after the lock was written', (t) => {
    const root = installed(t);
    assert.equal(packagesFresh(root, false), true);
    assert.equal(packagesFresh(root, true), true);
  });

  it('not when there are none, or an install was cut off', (t) => {
    const root = folder(t);
    write(root, { 'package-lock.json': '{}' });
    assert.equal(packagesFresh(root, false), false);
    write(root, { 'node_modules/preact/package.json': '{}' });
    assert.equal(packagesFresh(root, false), false);
  });

  it('without the test tools: for a start, not for the tests', (t) => {
    const root = installed(t, { tools: false });
    assert.equal(packagesFresh(root, false), true);
    assert.equal(packagesFresh(root, true), false);
  });

  it('not when the lock is newer, unless its text is the one that was installed', (t) => {
    const root = installed(t);
    age(join(root, 'package-lock.json'), 3000);
    assert.equal(packagesFresh(root, false), false);
    writeFileSync(join(root, 'node_modules/.commonhold.json'), JSON.stringify({ lock: createHash('sha256').update('{}').digest('hex') }));
    assert.equal(packagesFresh(root, false), true);
  });
});

/** A Vite that copies the one source. */
const VITE = "import { cpSync } from 'node:fs';\nconst at = process.argv.indexOf('--outDir');\ncpSync('src/main.ts', `${process.argv[at + 1]}/main.js`);\n";

describe('the app is fresh', () => {
  const built = async (t) => {
    const root = folder(t);
    write(root, { 'packages/web/src/main.ts': 'one', 'packages/core/a.ts': 'a', 'node_modules/vite/package.json': '{"type":"module"}', 'node_modules/vite/bin/vite.js': VITE });
    await buildWeb(root, process.execPath);
    return root;
  };

  it('after a build, not before, nor after a cut-off one', async (t) => {
    const root = await built(t);
    assert.equal(webFresh(root), true);
    assert.equal(readFileSync(join(root, 'packages/web/dist/main.js'), 'utf8'), 'one');
    rmSync(join(root, 'packages/web/dist/.built.json'));
    assert.equal(webFresh(root), false);
  });

  it('not when a source has changed, come or gone, in core too', async (t) => {
    const root = await built(t);
    for (const change of [{ 'packages/web/src/main.ts': 'two' }, { 'packages/core/a.ts': 'b' }, { 'packages/web/src/new.ts': '' }]) {
      write(root, change);
      assert.equal(webFresh(root), false);
      await buildWeb(root, process.execPath);
      assert.equal(webFresh(root), true);
    }
    rmSync(join(root, 'packages/web/src/new.ts'));
    assert.equal(webFresh(root), false);
  });

  it('when only times or tests have changed', async (t) => {
    const root = await built(t);
    age(join(root, 'packages/web/src/main.ts'), 1000);
    write(root, { 'packages/core/a.test.ts': 'tests' });
    assert.equal(webFresh(root), true);
  });

  it('the old app stays when a build fails', async (t) => {
    const root = await built(t);
    write(root, { 'node_modules/vite/bin/vite.js': "console.error('no such thing: x'); process.exit(1);", 'packages/web/src/main.ts': 'two' });
    await assert.rejects(buildWeb(root, process.execPath), { name: 'LaunchFailure', message: /Building the app failed[^]*no such thing: x/ });
    assert.equal(readFileSync(join(root, 'packages/web/dist/main.js'), 'utf8'), 'one');
  });
});

describe('one launcher at a time', () => {
  it('takes over from one that is gone, and leaves nothing', async (t) => {
    const root = folder(t);
    mkdirSync(join(root, '.runtime'));
    writeFileSync(join(root, '.runtime/launch.lock'), '999999999');
    assert.equal(await alone(root, async () => readFileSync(join(root, '.runtime/launch.lock'), 'utf8')), String(process.pid));
    assert.throws(() => statSync(join(root, '.runtime/launch.lock')), { code: 'ENOENT' });
  });

  it('the second waits for the first', async (t) => {
    const root = folder(t);
    const order = [];
    const first = alone(root, async () => { await new Promise((resolve) => { setImmediate(resolve); }); order.push('first'); });
    const second = alone(root, async () => { order.push('second'); });
    await Promise.all([first, second]);
    assert.deepEqual(order, ['first', 'second']);
  });
});
