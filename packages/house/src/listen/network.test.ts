import assert from 'node:assert/strict';
import { createServer, request, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import { test, type TestContext } from 'node:test';
import { isPublic, lanAddresses } from './addresses.ts';
import { makeNetwork, type Network, type NetworkDeps } from './network.ts';

const ipv4 = (address: string, internal = false): NetworkInterfaceInfo => ({ address, internal, family: 'IPv4', netmask: '255.255.255.0', mac: '', cidr: null });

// 127.x.y.z are all this machine's: a neighbour's network can be played without one.
function open(t: TestContext, more: Partial<NetworkDeps> = {}): { network: Network; saved: boolean[] } {
  const saved: boolean[] = [];
  const network = makeNetwork({ port: 0, host: null, origin: null, remembered: { read: () => saved.at(-1) ?? false, write: (lan) => { saved.push(lan); } }, addresses: { lan: () => [], all: () => [] }, ...more });
  t.after(() => network.close());
  return { network, saved };
}

const hello: RequestListener = (incoming, outgoing) => { outgoing.end(incoming.headers.host); };
const answers = (host: string, port: number): Promise<boolean> => new Promise((resolve) => {
  request({ host, port, agent: false }, (answer) => { answer.resume(); resolve(true); }).on('error', () => resolve(false)).end();
});

test('real interfaces before bridges, private addresses alone, a bridge if there is nothing else', () => {
  const lo = { lo: [ipv4('127.0.0.1', true)] };
  assert.deepEqual(lanAddresses({ ...lo, docker0: [ipv4('172.17.0.1')], wlan0: [ipv4('192.168.1.7')], eth0: [ipv4('10.1.2.3')] }), ['192.168.1.7', '10.1.2.3']);
  assert.deepEqual(lanAddresses({ ...lo, veth1: [ipv4('10.77.0.2')] }), ['10.77.0.2']);
  assert.deepEqual(lanAddresses({ ...lo, eth0: [ipv4('93.184.216.34'), ipv4('172.32.0.1')] }), []);
});

test('which origins are on the internet', () => {
  for (const yes of ['https://choir.example', 'http://93.184.216.34', 'http://[2001:db8::1]']) assert.equal(isPublic(yes), true, yes);
  for (const no of ['http://localhost:1', 'http://192.168.1.7', 'http://127.0.0.1', 'http://[::1]:4300', 'http://choir.local', 'http://[fd00::1]', 'http://[fe80::1]']) assert.equal(isPublic(no), false, no);
});

test('it listens on this machine alone until the network is let in, follows its changes, and remembers', async (t) => {
  let lan = ['127.0.0.9'];
  const { network, saved } = open(t, { addresses: { lan: () => lan, all: () => lan } });
  await network.open(hello);
  const here = `http://localhost:${network.port}`;
  assert.deepEqual([network.reach, network.urls, network.lan], ['this-machine', [here], false]);
  assert.equal(await answers('127.0.0.1', network.port), true);
  assert.equal(await answers('127.0.0.9', network.port), false);

  await network.set(true);
  assert.deepEqual([network.reach, network.urls, saved], ['network', [`http://127.0.0.9:${network.port}`, here], [true]]);
  assert.ok(network.origins.has(network.urls[0]!) && network.hosts.has(`127.0.0.9:${network.port}`));
  assert.equal(await answers('127.0.0.9', network.port), true);

  const moved = new Promise<readonly string[]>((resolve) => { network.listen(() => resolve(network.urls)); });
  lan = ['127.0.0.10'];
  assert.deepEqual(await moved, [`http://127.0.0.10:${network.port}`, here], 'it looks by itself');
  assert.equal(await answers('127.0.0.10', network.port), true);
  assert.equal(await answers('127.0.0.9', network.port), false);

  await network.set(false);
  assert.deepEqual([network.reach, network.urls, saved], ['this-machine', [here], [true, false]]);
  assert.equal(await answers('127.0.0.10', network.port), false);
});

test('what was let in once is let in again, and an address that cannot be bound is not promised', async (t) => {
  const lan = ['127.0.0.11', '10.255.255.7'];
  const { network } = open(t, { addresses: { lan: () => lan, all: () => lan }, remembered: { read: () => true, write: () => {} } });
  await network.open(hello);
  assert.deepEqual(network.urls, [`http://127.0.0.11:${network.port}`, `http://localhost:${network.port}`]);
  await assert.rejects(open(t).network.set(true), { code: 'no_network' });
});

test('whoever shuts the network out from within it still gets the answer', async (t) => {
  const { network } = open(t, { addresses: { lan: () => ['127.0.0.12'], all: () => [] }, remembered: { read: () => true, write: () => {} } });
  await network.open((_, outgoing) => { void network.set(false).then(() => outgoing.end('shut')); });
  const answer = await fetch(`http://127.0.0.12:${network.port}`);
  assert.equal(await answer.text(), 'shut');
});

test('one chosen address is listened on besides loopback', async (t) => {
  const { network } = open(t, { host: '127.0.0.13' });
  await network.open(hello);
  assert.equal(await answers('127.0.0.13', network.port), true);
  assert.equal(await answers('127.0.0.1', network.port), true);
  assert.equal(network.reach, 'network');
});

test('a configured origin comes first and says how far the house reaches', async (t) => {
  const { network } = open(t, { origin: 'https://choir.example' });
  await network.open(hello);
  assert.deepEqual([network.urls[0], network.reach, network.secure, network.proxy?.trusts('127.0.0.1'), network.proxy?.trusts('10.0.0.1')], ['https://choir.example', 'internet', true, true, false]);
  assert.ok(network.hosts.has('choir.example') && network.hosts.has(`localhost:${network.port}`) && network.hosts.has(`[::1]:${network.port}`));
});

test('0.0.0.0 listens everywhere and names every address', async (t) => {
  const { network } = open(t, { host: '0.0.0.0', addresses: { lan: () => [], all: () => ['192.168.7.7'] } });
  await network.open(hello);
  assert.equal(await answers('127.0.0.3', network.port), true);
  assert.deepEqual(network.urls, [`http://192.168.7.7:${network.port}`, `http://localhost:${network.port}`]);
  assert.equal(network.reach, 'network');
});

test('a taken port and an address that is not ours are sentences, and nothing stays open', async (t) => {
  const other = createServer(hello);
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  t.after(() => other.close());
  const port = (other.address() as { port: number }).port;
  await assert.rejects(open(t, { port }).network.open(hello), { code: 'port_taken', message: new RegExp(`Port ${port} is taken`) });
  const { network } = open(t, { host: '10.255.255.9' });
  await assert.rejects(network.open(hello), { code: 'address_unknown' });
  assert.equal(await answers('127.0.0.1', network.port), false);
});

test('a request without end, and too many connections from one address, are cut', async (t) => {
  const { network } = open(t);
  await network.open(hello);
  const sockets = await Promise.all(Array.from({ length: 530 }, () => new Promise<{ cut: Promise<void>; destroy: () => void }>((resolve) => {
    const socket = connect(network.port, '127.0.0.1');
    const cut = new Promise<void>((done) => socket.once('close', () => done()));
    socket.on('error', () => {});
    socket.once('connect', () => resolve({ cut, destroy: () => socket.destroy() }));
  })));
  await Promise.any(sockets.map(({ cut }) => cut));
  for (const { destroy } of sockets) destroy();
  const oversize = connect(network.port, '127.0.0.1');
  const reply = new Promise<string>((resolve) => oversize.once('data', (data) => resolve(data.toString())));
  oversize.on('error', () => {});
  oversize.write(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`);
  assert.match(await reply, /^HTTP\/1\.1 431/);
});
