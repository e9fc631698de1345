import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { contentDigest, contractHash, newRecovery, Refusal, signJoined, signPresent, startKeyLog, toBase64Url, utf8, verifyContract, verifyKeyLog, verifyRequest, verifyRotated, verifyServiceOffer, type Joined, type JsonObject, type Signed } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { initContract, readContract, rotated } from '../contract/index.ts';
import { ApiError } from '../error.ts';
import { installService, inTurns, makeMembers, makeReach, orNone, pagesOf, rotateService, runService, serveService, type Installed, type Program } from './index.ts';
import { senderOf } from './sender.ts';

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'commonhold-service-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function template(t: TestContext): string {
  const contract = JSON.parse(initContract({ name: 'notes' }).text) as JsonObject;
  contract['service'] = { name: 'notes', title: 'Notes', publisher: 'The makers of Notes' };
  const path = join(folder(t), 'v1.json');
  writeFileSync(path, JSON.stringify(contract));
  return path;
}

const install = (t: TestContext): Installed => installService({ folder: folder(t), templates: [template(t)], version: 1, origins: [] });

/** A house that answers as it is told, and keeps what it was asked. */
async function houseOf(t: TestContext, answer: (path: string) => unknown, knows: (request: IncomingMessage) => boolean = () => true): Promise<{ origin: string; asked: { request: IncomingMessage; body: string }[] }> {
  const asked: { request: IncomingMessage; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (piece: string) => { body += piece; }).on('end', () => {
      asked.push({ request, body });
      const found = knows(request) ? answer(request.url ?? '') : null;
      response.writeHead(found === null ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(found ?? { code: 'not_found', detail: '…' }));
    });
  }).listen(0, 'localhost');
  await new Promise((resolve) => { server.once('listening', resolve); });
  t.after(() => { server.closeAllConnections(); server.close(); });
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, asked };
}

/** Somebody who joined: what their house shows to others, and to the service when it asks. */
function joinedAs(service: string, contract: string): { persona: string; shown: { joined: Signed<Joined>; keyLog: Signed[] }; answer(path: string): object } {
  const device = nobleSuite.random(32);
  const keyLog = startKeyLog(nobleSuite, { recoverySeed: newRecovery(nobleSuite).entropy, deviceSeed: nobleSuite.random(32), podDevice: toBase64Url(nobleSuite.publicKey(device)), house: `c${'a'.repeat(52)}` });
  const state = verifyKeyLog(nobleSuite, keyLog);
  assert.ok(state.ok);
  const { persona, head } = state.value;
  const by = { persona, device: toBase64Url(nobleSuite.publicKey(device)), service, keyLogHead: head };
  const shown = { joined: signJoined(nobleSuite, { ...by, contract }, device), keyLog };
  return { persona, shown, answer: (path) => ({ ...shown, present: signPresent(nobleSuite, { ...by, challenge: new URLSearchParams(path.split('?')[1]).get('challenge')! }, device) }) };
}

test('an installed service keeps its key to itself, and what it signed as it was', (t) => {
  const of = { folder: folder(t), templates: [template(t)], version: 1 };
  const first = installService({ ...of, origins: ['https://one.example'] });
  assert.equal(statSync(join(of.folder, 'service-key')).mode & 0o777, 0o600);
  const again = installService({ ...of, origins: ['https://two.example'] });
  assert.deepEqual(again, first);
  assert.ok(verifyContract(nobleSuite, first.contracts[0]!, []).ok);
  writeFileSync(join(of.folder, 'service-key'), 'nothing');
  assert.throws(() => installService({ ...of, origins: [] }), (error) => error instanceof Refusal && error.code === 'bad_key');
});

test('the contract is where every house looks for it, routes answer, and refusals have codes', async (t) => {
  const { contracts: [contract] } = install(t);
  const host = await serveService({ contract: contract!, port: 0, origins: ['https://page.example'], routes: {
    'POST /twice': ({ body }) => ({ json: [body, body], status: 201 }),
    'GET /no': () => { throw new Refusal('denied', 'not_today', 'Not today.'); },
    'GET /odd': () => ({ json: { n: 1n } }),
  } });
  t.after(() => host[Symbol.asyncDispose]());
  const known = await fetch(`${host.origin}/.well-known/commonhold-contract`, { headers: { origin: 'https://anything.example' } });
  assert.equal(known.headers.get('access-control-allow-origin'), '*');
  assert.equal(contractHash(nobleSuite, readContract(await known.text())), contractHash(nobleSuite, contract!));
  const twice = await fetch(`${host.origin}/twice`, { method: 'POST', body: '{"a":1}', headers: { origin: 'https://page.example' } });
  assert.deepEqual([twice.status, twice.headers.get('access-control-allow-origin'), await twice.json()], [201, 'https://page.example', [{ a: 1 }, { a: 1 }]]);
  const problems = await Promise.all([fetch(`${host.origin}/odd`), fetch(`${host.origin}/no`), fetch(`${host.origin}/toString`), fetch(`${host.origin}/twice`, { method: 'POST', body: '{' }), fetch(`${host.origin}/twice`, { method: 'POST', body: 'x'.repeat(70_000) })]);
  assert.deepEqual(await Promise.all(problems.map(async (one) => [one.status, (await one.json() as { code: string }).code])), [[500, 'internal'], [403, 'not_today'], [404, 'not_found'], [400, 'not_json'], [413, 'too_big']]);
});

/** A request of which all but the last byte arrives. */
async function slow(t: TestContext, port: number, sender: string): Promise<{ socket: Socket; heard: () => string; closed: Promise<unknown> }> {
  const socket = connect({ port, host: 'localhost' });
  t.after(() => socket.destroy());
  let text = '';
  socket.on('data', (piece: Buffer) => { text += piece.toString(); }).on('error', () => undefined);
  const closed = once(socket, 'close');
  await once(socket, 'connect');
  socket.write(`POST /twice HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.1, ${sender}\r\nContent-Length: 3\r\n\r\n12`);
  return { socket, heard: () => text, closed };
}

test('who sends slowly, from however many places of one address, holds up nobody else', async (t) => {
  const { contracts: [contract] } = install(t);
  const host = await serveService({ contract: contract!, port: 0, patienceMs: 60_000, routes: { 'POST /twice': ({ body }) => ({ json: body }) } });
  t.after(() => host[Symbol.asyncDispose]());
  const ask = async (sender: string): Promise<number> => (await fetch(`${host.origin}/twice`, { method: 'POST', body: '1', headers: { 'x-forwarded-for': sender } })).status;
  const theirs = await Promise.all(Array.from({ length: 80 }, (_, n) => slow(t, host.port, `2001:db8::${n.toString(16)}`)));
  const turned: string[] = [];
  await new Promise<void>((resolve) => { for (const { heard, closed } of theirs) void closed.then(() => { if (turned.push(heard().slice(9, 12)) === 64) resolve(); }); });
  assert.deepEqual(new Set(turned), new Set(['429']));
  assert.deepEqual([await ask('2001:db8:0:1::1'), await ask('198.51.100.7'), await ask('2001:DB8:0:0:9::1')], [200, 200, 429]);
  for (const { socket } of theirs) socket.destroy();
  while (await ask('2001:db8::1') !== 200) continue;
});

test('a request that takes too long to arrive is over', async (t) => {
  const { contracts: [contract] } = install(t);
  const host = await serveService({ contract: contract!, port: 0, patienceMs: 300, routes: { 'POST /twice': ({ body }) => ({ json: body }) } });
  t.after(() => host[Symbol.asyncDispose]());
  const { heard, closed } = await slow(t, host.port, '198.51.100.7');
  await closed;
  assert.match(heard(), /^HTTP\/1.1 408 /);
});

test('a sender is where a connection comes from; a proxy on this machine may say for whom it asks, and nobody else', () => {
  assert.deepEqual([senderOf('::ffff:203.0.113.9', '198.51.100.7'), senderOf('127.0.0.1', '10.0.0.1, 198.51.100.7'), senderOf('::1', '::ffff:198.51.100.7')], ['203.0.113.9', '198.51.100.7', '198.51.100.7']);
  assert.deepEqual([senderOf('127.0.0.1', undefined), senderOf('127.0.0.1', 'nobody')], [null, null]);
  assert.deepEqual(['2001:db8::5:6', '2001:DB8:0:0:1:2:3:4', '2001:db8:0:1::'].map((one) => senderOf(one, undefined)), ['2001:db8:0:0', '2001:db8:0:0', '2001:db8:0:1']);
});

test('what a service asks of a pod is signed: method, address, body', async (t) => {
  const { contracts, seed } = install(t);
  const house = await houseOf(t, () => ({ items: [], prev: null, next: null }));
  const pod = makeMembers({ contracts, seed, known: [house.origin] }).pod<{ notes: { text: string } }>({ persona: 'ca', house: house.origin });
  await pod.of('notes').query({ where: { text: { eq: 'é' } } });
  const { request, body } = house.asked[0]!;
  const found = verifyRequest(nobleSuite, { method: 'POST', target: `${house.origin}${request.url}`, headers: request.headers as Record<string, string> }, Date.now());
  assert.ok(found.ok);
  assert.deepEqual([found.value.key, found.value.digest, request.url], [contracts[0]!.service.key, contentDigest(nobleSuite, utf8(body)), `/pods/ca/${contracts[0]!.service.id}/notes/query`]);
});

test('a member is who shows a true statement for a contract of ours, and nobody else', async (t) => {
  const { contracts, seed } = install(t);
  const service = contracts[0]!.service.id;
  const hash = contractHash(nobleSuite, contracts[0]!);
  const good = joinedAs(service, hash);
  const shown = new Map<string, (path: string) => unknown>([
    [good.persona, good.answer], ['another', good.answer], ['forged', (path) => ({ ...good.answer(path), joined: { ...good.shown.joined, signatures: [toBase64Url(nobleSuite.random(64))] } })], ['nonsense', () => ({ joined: 1, keyLog: 2, present: 3 })],
  ]);
  for (const [name, of] of [['other-contract', joinedAs(service, toBase64Url(nobleSuite.random(32)))], ['other-service', joinedAs(toBase64Url(nobleSuite.random(32)), hash)]] as const) {
    shown.set(of.persona, of.answer);
    shown.set(name, of.answer);
  }
  const house = await houseOf(t, (path) => shown.get(path.split('/')[2]!)?.(path) ?? null);
  const members = makeMembers({ contracts, seed, known: [house.origin] });
  assert.deepEqual(await members.find(`${house.origin}/`, good.persona), { persona: good.persona, house: house.origin, version: 1 });
  for (const persona of [...shown.keys(), 'absent']) if (persona !== good.persona) assert.equal(await members.find(house.origin, persona), null, persona);
  await assert.rejects(makeMembers({ contracts, seed }).find(house.origin, good.persona), (error) => error instanceof ApiError && (error.cause as Refusal).code === 'address_not_public');
});

test('a house that got hold of what members are shown of each other passes nobody of another house off as its own', async (t) => {
  const { contracts, seed } = install(t);
  const { persona, shown, answer } = joinedAs(contracts[0]!.service.id, contractHash(nobleSuite, contracts[0]!));
  const heard = answer(`?challenge=${toBase64Url(nobleSuite.random(32))}`);
  const thief = joinedAs(contracts[0]!.service.id, contractHash(nobleSuite, contracts[0]!));
  let says: (path: string) => object = () => shown;
  const evil = await houseOf(t, (path) => says(path));
  const members = makeMembers({ contracts, seed, known: [evil.origin] });
  assert.equal(await members.find(evil.origin, persona), null, 'what any member may read');
  says = () => heard;
  assert.equal(await members.find(evil.origin, persona), null, 'an answer to an earlier question');
  says = (path) => ({ ...shown, present: (thief.answer(path) as { present: object }).present });
  assert.equal(await members.find(evil.origin, persona), null, 'an answer of somebody else');
  says = answer;
  assert.ok(await members.find(evil.origin, persona));
});

test('a service whose key was replaced says so, and asks those who stayed by the key that they know', async (t) => {
  const { contracts: [first], seed } = install(t), to = nobleSuite.random(32);
  const { contract: second, rotations } = rotated(first!, { from: seed, to }, 1_000);
  const host = await serveService({ contract: second, rotations, port: 0, routes: {} });
  t.after(() => host[Symbol.asyncDispose]());
  const shown = await (await fetch(`${host.origin}/.well-known/commonhold-contract`)).json() as { contract: JsonObject; rotations: unknown[] };
  assert.ok(verifyRotated(nobleSuite, second, [], shown.rotations).ok);
  const old = joinedAs(first!.service.id, contractHash(nobleSuite, first!)), key = toBase64Url(nobleSuite.publicKey(seed));
  // Their house knows the old key alone.
  const house = await houseOf(t, (path) => (path.split('/')[2] === old.persona ? old.answer(path) : null), ({ headers }) => String(headers['signature-input']).includes(`keyid="${key}"`));
  const members = makeMembers({ contracts: [first!, second], seed: to, ended: [seed], known: [house.origin] });
  const member = await members.find(house.origin, old.persona);
  assert.equal(member?.version, 1);
  await members.pod<{ notes: { text: string } }>(member!).of('notes').query().catch(() => null);
  assert.deepEqual(house.asked.map(({ request }) => String(request.headers['signature-input']).includes(`keyid="${key}"`)), [false, true, true]);
  assert.throws(() => rotated(second, { from: to, to: seed, rotations }, 2_000), { code: 'bad_rotation' });
});

test('an installed service gets another key, goes on to later templates with it, and keeps what whoever stays needs', (t) => {
  const of = { folder: folder(t), templates: [template(t), template(t)], origins: [] }, install = (version: number): Installed => installService({ ...of, version });
  assert.throws(() => rotateService(of.folder), { code: 'not_installed' });
  const first = install(1);
  const { version, service } = rotateService(of.folder);
  const second = install(1);
  assert.deepEqual([version, second.contracts.map((one) => one.version), second.ended, second.contracts[1]!.service], [2, [1, 2], [first.seed], service]);
  assert.equal(statSync(join(of.folder, 'service-key-1')).mode & 0o777, 0o600);
  assert.equal(toBase64Url(nobleSuite.publicKey(second.seed)), service.key);
  const third = install(2);
  rotateService(of.folder);
  const fourth = install(2);
  assert.deepEqual([third.contracts.length, third.contracts[2]!.service.key, fourth.contracts.map((one) => one.service.id)], [3, service.key, Array.from({ length: 4 }, () => service.id)]);
  assert.deepEqual([fourth.ended, fourth.rotations.length], [[first.seed, second.seed], 2]);
  for (const { contract, rotations } of [{ contract: third.contracts[2]!, rotations: third.rotations }, { contract: fourth.contracts[3]!, rotations: fourth.rotations }]) assert.ok(verifyRotated(nobleSuite, contract, [], rotations).ok);
  assert.deepEqual(install(2), fourth);
});

test('cut off while it gets another key, a service is what it was before, or what it became', (t) => {
  const of = { folder: folder(t), templates: [template(t)], version: 1, origins: [] }, at = (name: string): string => join(of.folder, name);
  const before = installService(of), next = nobleSuite.random(32);
  // Only the keys were written.
  writeFileSync(at('service-key.next'), toBase64Url(next));
  assert.deepEqual(installService(of), before);
  rotateService(of.folder);
  const after = installService(of);
  assert.notDeepEqual(after.seed, next);
  // The contract was written, and the keys had not changed places.
  renameSync(at('service-key'), at('service-key.next'));
  writeFileSync(at('service-key'), toBase64Url(before.seed));
  assert.deepEqual([installService(of), existsSync(at('service-key.next'))], [after, false]);
});

test('a stranger cannot send a service into its own network', async () => {
  const reach = makeReach({ known: [] });
  for (const address of ['http://example.org/', 'https://127.0.0.1/', 'https://[::1]/', 'https://localhost/', 'https://0x7f.1/', 'file:///etc/passwd']) await assert.rejects(reach(address), address);
});

test('an answer that does not end, or is too big, is none; a redirect is not followed', async (t) => {
  const server = createServer((request, response) => {
    if (request.url === '/big') response.end('x'.repeat(5000));
    else if (request.url === '/there') response.writeHead(302, { location: '/big' }).end();
  }).listen(0, 'localhost');
  await new Promise((resolve) => { server.once('listening', resolve); });
  t.after(() => { server.closeAllConnections(); server.close(); });
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const reach = makeReach({ known: [origin], timeoutMs: 300, mostBytes: 1000 });
  await assert.rejects(reach(`${origin}/big`).then((answer) => answer.text()));
  await assert.rejects(reach(`${origin}/never`), (error: Error) => (error.cause as Error).name === 'TimeoutError');
  assert.equal((await reach(`${origin}/there`)).status, 302);
});

test('what a template says besides its key is the contract', (t) => {
  const { contracts: [contract] } = install(t);
  assert.equal(contract!.service.title, 'Notes');
  assert.equal(readFileSync(template(t), 'utf8').includes('"key"'), false);
});

test('a page is served with what all pages have in common, each with its type, and nothing that is no file of a page', async (t) => {
  const { contracts: [contract] } = install(t);
  const page = folder(t);
  for (const [name, text] of [['index.html', '<!doctype html>'], ['app.js', 'go();'], ['secret.pem', 'mine']] as const) writeFileSync(join(page, name), text);
  const host = await serveService({ contract: contract!, port: 0, routes: pagesOf({ folder: page, contract: contract!, houses: ['https://one.example'] }) });
  t.after(() => host[Symbol.asyncDispose]());
  const got = async (path: string) => { const answer = await fetch(host.origin + path); return [answer.status, answer.headers.get('content-type')]; };
  assert.deepEqual(await Promise.all(['/', '/app.js', '/house.js', '/kit.js', '/kit-words.js', '/kit.css', '/secret.pem', '/index.html'].map(got)), [
    [200, 'text/html; charset=utf-8'], ...Array.from({ length: 4 }, () => [200, 'text/javascript; charset=utf-8']), [200, 'text/css; charset=utf-8'], ...Array.from({ length: 2 }, () => [404, 'application/problem+json']),
  ]);
  assert.deepEqual(await (await fetch(`${host.origin}/about`)).json(), { service: contract!.service.id, title: 'Notes', version: 1, bundles: ['basics'], houses: ['https://one.example'] });
});

test('a service that is started wrongly says how it is started', async (t) => {
  const program: Program = { title: 'Notes', data: join(folder(t), 'data'), port: 4499, templates: [template(t)], open: () => assert.fail('it was started') };
  const said: string[] = [];
  t.mock.method(process.stderr, 'write', (text: string) => said.push(text) > 0);
  t.after(() => { process.exitCode = 0; });
  const wrong: [string[], RegExp][] = [
    [['--port', 'x'], /^--port is a number from 1 to 65535\./], [['--port', '0'], /^--port/], [['--version', '2'], /^--version is a number from 1 to 1\./], [['--house', 'nowhere'], /^--house is an address like/],
    [['--origin', 'ftp://a.example'], /^--origin/], [['--colour'], /^Unknown option '--colour'\./], [['extra'], /^Unexpected argument 'extra'\./],
  ];
  for (const [words, sentence] of wrong) {
    await runService(program, words);
    assert.match(said.at(-1)!, sentence, words.join(' '));
    assert.match(said.at(-1)!, /--data FOLDER/);
    assert.equal(process.exitCode, 2);
  }
  await runService(program, ['--rotate']);
  assert.match(said.at(-1)!, /holds no service yet\. Start it once/);
  const taken = await houseOf(t, () => null);
  await runService({ ...program, open: () => ({}) }, ['--port', new URL(taken.origin).port]);
  assert.match(said.at(-1)!, /^Something else listens at port \d+\. Choose another with --port\.\n$/);
});

test('what some houses do not answer is left out, and told; a fault of the service’s own is not', async () => {
  const house = (status: number, code = 'x') => new ApiError(status, code, '…');
  const seen: number[] = [];
  const silent: number[] = [];
  await inTurns(Array.from({ length: 30 }, (_, i) => i), async (i) => { if (i % 3 === 0) throw house(503); seen.push(i); }, (i) => { silent.push(i); });
  assert.deepEqual([seen.length, silent.length], [20, 10]);
  await assert.rejects(inTurns([1], () => { throw new TypeError('ours'); }), TypeError);
  assert.deepEqual([await orNone(Promise.resolve(1)), await orNone(Promise.reject(house(404))), await orNone(Promise.reject(house(400, 'unknown_field')))], [1, null, null]);
  await assert.rejects(orNone(Promise.reject(house(400, 'bad_where'))), ApiError);
});

test('what a service writes is signed record by record, in requests that houses take; what it names by key it does not look for', async (t) => {
  const installed = install(t), [contract] = installed.contracts, service = contract!.service.id;
  const persona = `c${'a'.repeat(52)}`, key = (n: number): string => `${service}/${Buffer.alloc(16, n).toString('base64url')}`;
  const house = await houseOf(t, (path) => (path.endsWith('/put') ? { items: [] } : path.endsWith('/query') ? { items: Array.from({ length: 3 }, (_, n) => ({ key: key(n), body: { text: `${n}` }, ...(n < 2 && { version: 'v' }) })), next: null } : { count: 1 }));
  const notes = makeMembers({ ...installed, known: [house.origin] }).pod<{ notes: { text: string } }>({ persona, house: house.origin }).of('notes');
  const sent = (): { path: string; items: { offer: { statement: { key: string; op: string } }; ifVersion?: string }[]; once: unknown }[] => house.asked.splice(0).map(({ request, body }) => ({ path: request.url!.split('/').at(-1)!, items: (JSON.parse(body) as { items: [] }).items, once: request.headers['idempotency-key'] }));
  const by = contract!.service.key!;

  await notes.put([{ body: { text: 'a' } }, { key: key(7).split('/')[1]!, body: { text: 'b' } }], 'friday');
  const [put] = sent();
  for (const { offer } of put!.items) assert.ok(verifyServiceOffer(nobleSuite, offer, { service, by, owner: persona, collection: 'notes', now: Date.now() }).ok);
  assert.deepEqual([put!.once, put!.items[1]!.offer.statement.key], ['friday', key(7)]);
  await notes.put([{ body: { text: 'a' } }, { key: key(7), body: { text: 'b' } }], 'friday');
  assert.deepEqual(sent()[0]!.items.map(({ offer }) => offer.statement.key), put!.items.map(({ offer }) => offer.statement.key), 'the same records, asked again');

  assert.deepEqual(await notes.remove({ $key: { in: Array.from({ length: 150 }, (_, n) => key(n)) } }, 'gone'), { count: 2 });
  assert.deepEqual(sent().map(({ path, items, once: said }) => [path, items.length, said]), [['remove', 100, 'gone'], ['remove', 50, 'gone.100']]);
  await notes.patch({ text: { ne: '1' } }, { text: '1' });
  const [asked, patched] = sent();
  assert.equal(asked!.path, 'query');
  assert.deepEqual(patched!.items.map(({ offer: { statement }, ifVersion }) => [statement.key, ifVersion]), [[key(0), 'v']], 'neither what it may read in part, nor what is so already');
  await notes.remove({ text: { eq: '2' } });
  assert.deepEqual(sent().map(({ path }) => path), ['query', 'remove']);
  await assert.rejects(notes.remove({}), { code: 'where_needed' });
});
