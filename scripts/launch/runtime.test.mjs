import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { folder, registry, registryEnv, tinyRuntime } from './fixture.mjs';
import { RUNTIMES, runtimeFor } from './platforms.mjs';
import { installRuntime, runtimeAtHand, runtimeFolder } from './runtime.mjs';

const HERE = import.meta.dirname;
const left = (root) => readdirSync(join(root, '.runtime'));

describe('the runtime of a platform', () => {
  it('is pinned to a Node 24 by hash', () => {
    for (const { version, integrity } of Object.values(RUNTIMES)) {
      assert.match(version, /^24\.\d+\.\d+$/);
      assert.match(integrity, /^sha512-[A-Za-z0-9+/]{86}==$/);
    }
  });

  it('is asked for by a sentence where there is none', () => {
    for (const machine of [{ platform: 'freebsd', arch: 'x64', libc: 'system' }, { platform: 'linux', arch: 'riscv64', libc: 'glibc' }, { platform: 'linux', arch: 'x64', libc: 'musl' }]) {
      assert.throws(() => runtimeFor(machine), { name: 'LaunchFailure', message: /needs Node 24 .* Install Node 24 from https:\/\/nodejs\.org/ });
    }
  });
});

describe('installing the runtime', () => {
  it('brings the package, without what nobody compiles, and needs nobody the second time', async (t) => {
    const root = folder(t);
    const { tarball, pinned } = await tinyRuntime(t);
    const node = await installRuntime(root, { pinned, env: registryEnv(t, await registry(t, tarball)) });
    assert.equal(node, join(runtimeFolder(root, pinned), 'node_modules', 'node-tiny', 'bin', 'node'));
    assert.ok(existsSync(node));
    assert.ok(!existsSync(join(node, '..', '..', 'include')));
    assert.deepEqual(left(root), ['node-tiny-24.0.1']);
  });

  it('keeps nothing of a package that is not the pinned one', async (t) => {
    const root = folder(t);
    const { pinned } = await tinyRuntime(t);
    const env = registryEnv(t, await registry(t, 'not a package'));
    await assert.rejects(installRuntime(root, { pinned, env }), { name: 'LaunchFailure', message: /got something else than what this project pins/ });
    assert.deepEqual(left(root), []);
  });

  it('says that the network is needed when the registry does not answer', async (t) => {
    const root = folder(t);
    await assert.rejects(installRuntime(root, { env: registryEnv(t, 'http://127.0.0.1:9/') }), { name: 'LaunchFailure', message: /Getting Node 24 needs the network once/ });
    assert.deepEqual(left(root), []);
  });

  it('says that there is no room before it fetches anything', async (t) => {
    const root = folder(t);
    await assert.rejects(installRuntime(root, { room: 1e18, env: registryEnv(t, 'http://127.0.0.1:9/') }), { message: /no space left for Node 24 .* MB are free/ });
  });

  it('cut off half-way, looks like nothing, and the next one cleans up', async (t) => {
    const root = folder(t);
    const { tarball, pinned } = await tinyRuntime(t);
    const asked = Promise.withResolvers();
    const url = await registry(t, (request, response) => { response.write(tarball.subarray(0, 100)); asked.resolve(); });
    const script = `import { installRuntime } from ${JSON.stringify(join(HERE, 'runtime.mjs'))}; await installRuntime(${JSON.stringify(root)}, { pinned: ${JSON.stringify(pinned)} });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env: registryEnv(t, url), stdio: 'ignore', detached: true });
    const ended = once(child, 'exit');
    await asked.promise;
    process.kill(-child.pid, 'SIGKILL');
    await ended;
    assert.match(left(root).join(), /^incoming-/);
    assert.equal(runtimeAtHand(root, 'v20.0.0'), undefined);
    await installRuntime(root, { pinned, env: registryEnv(t, await registry(t, tarball)) });
    assert.deepEqual(left(root), ['node-tiny-24.0.1']);
  });
});

describe('the runtime at hand', () => {
  it('is this Node when it is current', (t) => assert.equal(runtimeAtHand(folder(t)), process.execPath));
  it('is nothing on an old Node before the install', (t) => assert.equal(runtimeAtHand(folder(t), 'v20.11.0'), undefined));
});
