import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { nobleSuite, Refusal, wordsOf } from '@commonhold/core';
import { configOf } from './config.ts';
import { readEnv } from './env.ts';
import { openDataFolder } from './folder.ts';
import { openSecrets } from './secrets.ts';

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'ch-config-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('an empty environment is a whole configuration', () => {
  const config = configOf(readEnv({ COMMONHOLD_PORT: '' }));
  assert.deepEqual({ ...config, data: '' }, { data: '', port: 4300, host: null, origin: null });
  assert.match(config.data, /\/data$/);
});

test('every variable is parsed', () => {
  assert.deepEqual(
    configOf(readEnv({ COMMONHOLD_DATA: '/x', COMMONHOLD_PORT: '80', COMMONHOLD_HOST: '0.0.0.0', COMMONHOLD_ORIGIN: 'https://Choir.example/' })),
    { data: '/x', port: 80, host: '0.0.0.0', origin: 'https://choir.example' },
  );
});

test('a bad variable is refused by name', () => {
  const bad = [{ port: '4300x' }, { port: '70000' }, { port: '-1' }, { host: 'localhost' }, { origin: 'choir.example' },
    { origin: 'ftp://a' }, { origin: 'https://a/path' }, { origin: 'https://u:p@a' }];
  for (const env of bad) {
    assert.throws(() => configOf(env), (error: unknown) =>
      error instanceof Refusal && error.code === 'bad_setting' && error.message.includes(`COMMONHOLD_${Object.keys(env)[0]!.toUpperCase()}`));
  }
});

test('the data folder is made for its owner alone, and a bad one is a sentence', (t) => {
  const dir = folder(t);
  openDataFolder(join(dir, 'a', 'b'));
  assert.equal(statSync(join(dir, 'a', 'b')).mode & 0o777, 0o700);
  writeFileSync(join(dir, 'file'), '');
  assert.throws(() => openDataFolder(join(dir, 'file')), { code: 'bad_data_folder' });
  assert.throws(() => openDataFolder(join(dir, 'file', 'under')), { code: 'bad_data_folder' });
});

test('secrets are made once, privately, and read back the same', (t) => {
  const dir = folder(t);
  const first = openSecrets(dir, nobleSuite);
  const second = openSecrets(dir, nobleSuite);
  assert.equal(statSync(join(dir, 'secrets.json')).mode & 0o777, 0o600);
  assert.deepEqual(first.house, second.house);
  assert.equal(first.persona, second.persona);
  assert.match(first.persona, /^c[a-z2-7]{52}$/);
  assert.equal(wordsOf(first.recoveryEntropy!).length, 24);
});

test('the recovery entropy is forgotten for good, and only it', (t) => {
  const dir = folder(t);
  const first = openSecrets(dir, nobleSuite);
  first.forgetRecovery();
  assert.equal(first.recoveryEntropy, null);
  const again = openSecrets(dir, nobleSuite);
  assert.equal(again.recoveryEntropy, null);
  assert.deepEqual(again.deviceSeed, first.deviceSeed);
  assert.doesNotMatch(readFileSync(join(dir, 'secrets.json'), 'utf8'), /recovery"/);
});

test('damaged secrets are refused, never replaced', (t) => {
  const dir = folder(t);
  openSecrets(dir, nobleSuite);
  const path = join(dir, 'secrets.json');
  for (const text of ['', '{', '{}', readFileSync(path, 'utf8').replace(/"deviceSeed":"..../, '"deviceSeed":"AAAA')]) {
    writeFileSync(path, text);
    assert.throws(() => openSecrets(dir, nobleSuite), { code: 'bad_secrets' });
    assert.equal(readFileSync(path, 'utf8'), text);
  }
});
