import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { Refusal, wordsOf } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { configOf, LETS_ENCRYPT } from './config.ts';
import { readEnv } from './env.ts';
import { domainOf, readConfigFile, writeConfigFile } from './file.ts';
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
    { data: '/x', port: 80, host: '0.0.0.0', origin: 'https://choir.example', proxy: { trust: ['127.0.0.0/8', '::1'], headers: 'x-forwarded' } },
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

test('config.json says how the house is reached, and the environment is above it', () => {
  const acme = configOf({}, { domain: 'choir.example', tls: 'acme', acme: { email: 'ada@choir.example' } });
  assert.deepEqual(acme.site, { domain: 'choir.example', host: null, http: 80, https: 443, acme: { directory: LETS_ENCRYPT, email: 'ada@choir.example' } });
  assert.equal(configOf({ acme: 'https://localhost:14000/dir' }, { domain: 'choir.example', tls: 'acme' }).site?.acme.directory, 'https://localhost:14000/dir');
  const proxied = configOf({}, { domain: 'choir.example', tls: 'proxy', proxy: { trust: ['10.0.0.2'] } });
  assert.deepEqual([proxied.origin, proxied.proxy, proxied.site], ['https://choir.example', { trust: ['10.0.0.2'], headers: 'x-forwarded' }, undefined]);
  assert.deepEqual(configOf({ trust: '10.0.0.3, ::1' }, { domain: 'choir.example', tls: 'proxy' }).proxy?.trust, ['10.0.0.3', '::1']);
  assert.equal(configOf({ origin: 'https://other.example' }, { domain: 'choir.example', tls: 'acme' }).site, undefined);
  for (const env of [{ trust: 'localhost' }, { trust: '10.0.0.0/33' }]) assert.throws(() => configOf(env, { domain: 'choir.example', tls: 'proxy' }), { code: 'bad_setting' });
  assert.throws(() => configOf({ acme: 'http://authority.example' }, { domain: 'choir.example', tls: 'acme' }), { code: 'bad_setting' });
});

test('a config.json that is not as it must be is refused by name, and a written one is private', (t) => {
  const dir = folder(t);
  assert.equal(readConfigFile(dir), null);
  writeConfigFile(dir, { domain: 'choir.example', tls: 'acme', listen: { http: 8080 } });
  assert.equal(statSync(join(dir, 'config.json')).mode & 0o777, 0o600);
  assert.deepEqual(readConfigFile(dir), { domain: 'choir.example', tls: 'acme', listen: { http: 8080 } });
  const bad = ['', '[]', '{"tls":"acme"}', '{"domian":"choir.example"}', '{"domain":"Choir.example"}', '{"domain":"127.0.0.1"}', '{"listen":{"http":0}}', '{"proxy":{"trust":["all"]}}', '{"acme":{"directory":"http://a.example"}}', '{"acme":{"key":1}}'];
  for (const text of bad) {
    writeFileSync(join(dir, 'config.json'), text);
    assert.throws(() => readConfigFile(dir), { code: 'bad_config' }, text);
  }
});

test('a domain is taken as people type it, and nothing that is none', () => {
  assert.deepEqual(['Choir.example', 'https://choir.example/', 'bücher.example', 'a.b.c.example'].map(domainOf), ['choir.example', 'choir.example', 'xn--bcher-kva.example', 'a.b.c.example']);
  for (const typed of ['', 'choir', 'localhost', '10.0.0.1', '[::1]', 'a..example', '-a.example', 'a_b.example', 'choir.example/x', 'choir.example:80', 'a b.example', '../x.example']) assert.equal(domainOf(typed), null, typed);
});
