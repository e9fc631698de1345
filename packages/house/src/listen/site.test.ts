import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get, type IncomingMessage, type RequestListener } from 'node:http';
import { connect as connectTls } from 'node:http2';
import { request } from 'node:https';
import { createServer, connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { keepCertificate, type CertificateKeeper } from '../acme/keeper.ts';
import { openCertificateStore } from '../acme/store.ts';
import { readBody } from '../doors/web/checks/body.ts';
import { TOO_FAST } from '../doors/web/problem.ts';
import { tell } from '../doors/web/tell.ts';
import { openSite } from './site.ts';

const DOMAIN = 'choir.example';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

interface Opened { http: number; https: number; certificate: CertificateKeeper; ca: string }

/** A site on ports of its own, with a certificate that vouches for itself or without one; null where there is no openssl. */
async function open(t: TestContext, handler: RequestListener, certified = true): Promise<Opened | null> {
  const data = mkdtempSync(join(tmpdir(), 'ch-site-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const store = openCertificateStore(data);
  const [k, c] = [join(data, 'k'), join(data, 'c')];
  try { execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', k, '-out', c, '-days', '90', '-subj', '/O=Test', '-addext', `subjectAltName=DNS:${DOMAIN}`], { stdio: 'ignore' }); } catch { return null; }
  const ca = readFileSync(c, 'utf8');
  if (certified) store.keep(DOMAIN, { key: readFileSync(k, 'utf8'), chain: ca });
  const certificate = keepCertificate({ domain: DOMAIN, directory: '', email: null, store, onError: () => {} });
  const [http, https] = [await freePort(), await freePort()];
  const site = await openSite(handler, { certificate, site: { domain: DOMAIN, host: '127.0.0.1', http, https, acme: { directory: '', email: null } } });
  t.after(() => site.close());
  return { http, https, certificate, ca };
}

const plainly = (port: number, path: string, method = 'GET'): Promise<{ status: number; text: string; location: string | undefined }> => new Promise((resolve, reject) => {
  get({ port, path, method, host: '127.0.0.1', agent: false }, (answer: IncomingMessage) => {
    let text = '';
    answer.on('data', (chunk) => { text += String(chunk); }).on('end', () => resolve({ status: answer.statusCode!, text, location: answer.headers.location }));
  }).on('error', reject);
});

test('port 80 answers challenges, says that there is no certificate yet, and later leads to https', async (t) => {
  const waiting = await open(t, () => {}, false);
  if (!waiting) { t.skip('there is no openssl'); return; }
  waiting.certificate.show('token-of-the-authority', 'proof');
  assert.deepEqual(await plainly(waiting.http, '/.well-known/acme-challenge/token-of-the-authority'), { status: 200, text: 'proof', location: undefined });
  assert.equal((await plainly(waiting.http, '/.well-known/acme-challenge/other')).status, 404);
  assert.match((await plainly(waiting.http, '/')).text, /waiting for its certificate/);
  const ready = (await open(t, () => {}))!;
  const led = await plainly(ready.http, '/@ada?x=1');
  assert.deepEqual([led.status, led.location], [308, `https://${DOMAIN}:${ready.https}/@ada?x=1`]);
  assert.equal((await plainly(ready.http, '/sessions', 'POST')).status, 403, 'a passphrase is not asked for again unencrypted');
});

test('HTTP/2 and HTTP/1.1 reach the same handler, with the host they asked for and a promise of https', async (t) => {
  const seen: string[] = [];
  const site = await open(t, (incoming, outgoing) => {
    seen.push(`${incoming.httpVersion} ${incoming.headers.host} ${incoming.url}`);
    outgoing.writeHead(200, ['content-type', 'text/plain', 'content-length', '5']);
    outgoing.end('hello');
  });
  if (!site) { t.skip('there is no openssl'); return; }
  const { https: port, ca } = site;
  const session = connectTls(`https://${DOMAIN}:${port}`, { ca, lookup: (_, __, done) => done(null, [{ address: '127.0.0.1', family: 4 }]) });
  t.after(() => session.destroy());
  const ask = async (headers: Record<string, string>): Promise<Record<string, unknown>> => { const [answer] = await once(session.request(headers).resume(), 'response'); return answer as Record<string, unknown>; };
  const answer = await ask({ ':path': '/two' });
  assert.deepEqual([answer[':status'], answer['strict-transport-security']], [200, 'max-age=15552000']);
  assert.equal((await ask({ ':path': '/trick', ':authority': DOMAIN, host: 'other.example' }))[':status'], 400);
  const old = await new Promise<IncomingMessage>((resolve, reject) => { request({ port, ca, host: '127.0.0.1', servername: DOMAIN, path: '/one', headers: { host: `${DOMAIN}:${port}` }, agent: false }, resolve).on('error', reject).end(); });
  old.resume();
  assert.equal(old.headers['strict-transport-security'], 'max-age=15552000');
  assert.deepEqual(seen, [`2.0 ${DOMAIN}:${port} /two`, `1.1 ${DOMAIN}:${port} /one`]);
});

test('whoever asks too much by HTTP/2 hears so late, while their other streams go on', async (t) => {
  const site = await open(t, (incoming, outgoing) => { if (incoming.url === '/flood') tell(incoming, outgoing, TOO_FAST); else outgoing.end('hello'); });
  if (!site) { t.skip('there is no openssl'); return; }
  const session = connectTls(`https://127.0.0.1:${site.https}`, { ca: site.ca, servername: DOMAIN });
  t.after(() => session.destroy());
  const heard: string[] = [];
  const ask = async (path: string): Promise<void> => { const [answer] = await once(session.request({ ':path': path, ':authority': DOMAIN }).resume(), 'response'); heard.push(`${(answer as Record<string, unknown>)[':status']} ${path}`); };
  const late = ask('/flood');
  await ask('/');
  await late;
  await ask('/after');
  assert.deepEqual(heard, ['200 /', '429 /flood', '200 /after']);
});

test('a body that is cut off in the middle of a stream is not taken for whole', async (t) => {
  const ends = Promise.withResolvers<unknown>();
  const begun = Promise.withResolvers<void>();
  const site = await open(t, (incoming) => {
    incoming.once('data', () => begun.resolve());
    readBody(incoming).then((body) => ends.resolve(String(body)), (error: { code: string }) => ends.resolve(error.code));
  });
  if (!site) { t.skip('there is no openssl'); return; }
  // A relay that can be cut like a cable.
  const relay = createServer((socket) => { const on = connect(site.https, '127.0.0.1'); socket.pipe(on).pipe(socket); socket.on('error', () => {}); on.on('error', () => {}); void begun.promise.then(() => { socket.destroy(); on.destroy(); }); }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  t.after(() => relay.close());
  const session = connectTls(`https://127.0.0.1:${(relay.address() as AddressInfo).port}`, { ca: site.ca, servername: DOMAIN });
  session.on('error', () => {});
  const stream = session.request({ ':method': 'POST', ':path': '/', ':authority': DOMAIN });
  stream.on('error', () => {});
  stream.write('{"text":"half');
  assert.equal(await ends.promise, 'body_cut_short');
  session.destroy();
});
