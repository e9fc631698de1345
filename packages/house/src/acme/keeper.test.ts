import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { requestFor } from './csr.ts';
import { keepCertificate, renewalOf, type CertificateKeeper } from './keeper.ts';
import { makeSigner } from './signer.ts';
import { openCertificateStore } from './store.ts';

const DOMAIN = 'choir.example';
const WISH = { domain: DOMAIN, directory: 'https://authority.example/dir', email: null };
const DAY = 86_400_000;

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'ch-acme-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A certificate that vouches for itself; null where there is no openssl to make one. */
function selfSigned(t: TestContext, name: string): { chain: string; key: string } | null {
  const dir = folder(t);
  try { execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', join(dir, 'k'), '-out', join(dir, 'c'), '-days', '90', '-subj', '/O=Test', '-addext', `subjectAltName=DNS:${name}`], { stdio: 'ignore' }); } catch { return null; }
  return { key: readFileSync(join(dir, 'k'), 'utf8'), chain: readFileSync(join(dir, 'c'), 'utf8') };
}

const failure = (keeper: CertificateKeeper): Promise<void> => new Promise((resolve) => { const stop = keeper.listen(() => { stop(); resolve(); }); });

test('a request names the domain and is signed by its own key', (t) => {
  for (const domain of [DOMAIN, `${'a'.repeat(60)}.${'b'.repeat(60)}.example`]) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    let said: string;
    try { said = execFileSync('openssl', ['req', '-inform', 'der', '-verify', '-text', '-noout'], { input: requestFor(domain, privateKey, publicKey), stdio: 'pipe' }).toString(); } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') { t.skip('there is no openssl'); return; }
      throw error;
    }
    assert.match(said, new RegExp(`DNS:${domain}`));
  }
});

test('what is kept is private, read back, and damaged or foreign files are as none', (t) => {
  const made = selfSigned(t, DOMAIN), other = selfSigned(t, 'other.example');
  if (!made || !other) { t.skip('there is no openssl'); return; }
  const data = folder(t);
  const store = openCertificateStore(data);
  assert.equal(store.read(DOMAIN), null);
  const kept = store.keep(DOMAIN, made);
  assert.equal(kept.until, new X509Certificate(made.chain).validToDate.getTime());
  assert.deepEqual(openCertificateStore(data).read(DOMAIN)?.chain, made.chain);
  assert.throws(() => store.keep(DOMAIN, other));
  assert.throws(() => store.keep(DOMAIN, { chain: made.chain, key: other.key }));
  const key = store.accountKey();
  assert.deepEqual(openCertificateStore(data).accountKey().export({ format: 'jwk' }), key.export({ format: 'jwk' }));
  assert.match(makeSigner(key).answerOf('abc'), /^abc\.[\w-]{43}$/);
  for (const name of ['account.pem', `${DOMAIN}.pem`]) assert.equal(statSync(join(data, 'tls', name)).mode & 0o777, 0o600);
  assert.equal(statSync(join(data, 'tls')).mode & 0o777, 0o700);
  writeFileSync(join(data, 'tls', `${DOMAIN}.pem`), readFileSync(join(data, 'tls', `${DOMAIN}.pem`), 'utf8').slice(0, 300));
  assert.equal(store.read(DOMAIN), null);
});

test('without an authority there is a sentence, growing waits, and what is there goes on being used until it ends', async (t) => {
  const made = selfSigned(t, DOMAIN);
  if (!made) { t.skip('there is no openssl'); return; }
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const store = openCertificateStore(folder(t));
  const { from, until } = store.keep(DOMAIN, made);
  const time = { now: renewalOf({ from, until }) - 1 };
  const asked: string[] = [];
  const errors: unknown[] = [];
  const keeper = keepCertificate({
    ...WISH, store, now: () => time.now, onError: (error) => errors.push(error),
    fetch: async (url) => { asked.push(String(url)); throw new TypeError('no network'); },
  });
  t.after(() => keeper.close());
  keeper.start();
  assert.deepEqual(asked, [], 'two thirds of its life are not over');
  const waits: number[] = [];
  for (let tries = 0; tries < 7; tries++) {
    const failed = failure(keeper);
    time.now = keeper.state.next! + 1;
    t.mock.timers.tick(DAY);
    await failed;
    await new Promise(setImmediate);
    waits.push(Math.round((keeper.state.next! - time.now) / 60_000));
  }
  assert.deepEqual(waits, [1, 2, 5, 15, 60, 360, 360]);
  assert.deepEqual([asked.length, asked[0], errors.length], [7, WISH.directory, 7]);
  assert.deepEqual([keeper.state.failed?.code, keeper.state.certificate?.until, keeper.current?.chain], ['acme_silent', until, made.chain]);
  time.now = until;
  assert.equal(keeper.state.certificate, null);
});

test('an answer to a challenge is there until it is taken away', (t) => {
  const keeper = keepCertificate({ ...WISH, store: openCertificateStore(folder(t)), onError: () => {} });
  const hide = keeper.show('token', 'words');
  assert.deepEqual([keeper.challenge('token'), keeper.challenge('other')], ['words', null]);
  hide();
  assert.equal(keeper.challenge('token'), null);
});
