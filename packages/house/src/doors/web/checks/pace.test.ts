import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { bodyOf, lengthOf } from './pace.ts';

const HEAD = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 20\r\n\r\n';

/** A server that reads one body, and what came of it. */
async function reading(t: TestContext, read: (incoming: IncomingMessage) => Promise<unknown>): Promise<{ socket: Socket; came: Promise<unknown> }> {
  const came = Promise.withResolvers<unknown>();
  const server = createServer((incoming, outgoing) => { came.resolve(read(incoming).catch((error: { code?: string }) => error.code).finally(() => outgoing.end('answered'))); });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
  t.after(() => { socket.destroy(); server.close(); server.closeAllConnections(); });
  return { socket, came: came.promise };
}

const whole = async (source: AsyncIterable<Uint8Array>): Promise<string> => {
  let text = '';
  for await (const piece of source) text += Buffer.from(piece).toString();
  return text;
};

test('a body comes whole, or is told to be cut short', async (t) => {
  const good = await reading(t, (incoming) => whole(bodyOf(incoming)));
  good.socket.write(`${HEAD}01234567890123456789`);
  assert.equal(await good.came, '01234567890123456789');
  const cut = await reading(t, (incoming) => { setImmediate(() => cut.socket.destroy()); return whole(bodyOf(incoming)); });
  cut.socket.write(`${HEAD}0123`);
  assert.equal(await cut.came, 'body_cut_short');
});

test('whoever sends too little in a while is cut off', async (t) => {
  const slow = await reading(t, (incoming) => whole(bodyOf(incoming, { ms: 50, bytes: 10 })));
  slow.socket.write(`${HEAD}0123`);
  const drip = setInterval(() => { slow.socket.write('4'); }, 20);
  t.after(() => clearInterval(drip));
  assert.equal(await slow.came, 'body_cut_short');
});

test('who is refused in the middle hears why, and the connection goes on', async (t) => {
  const refused = await reading(t, async (incoming) => { for await (const piece of bodyOf(incoming)) return `enough of ${piece.length}`; return null; });
  refused.socket.write(`${HEAD}0123`);
  assert.equal(await refused.came, 'enough of 4');
  const [answer] = await once(refused.socket, 'data') as [Buffer];
  assert.match(answer.toString(), /^HTTP\/1.1 200 OK[^]*answered/);
  refused.socket.write('4567890123456789GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  assert.match(String((await once(refused.socket, 'data'))[0]), /^HTTP\/1.1 200 OK/);
});

test('a length is a number, or not there', () => {
  const of = (length: string | undefined) => lengthOf({ headers: { 'content-length': length } } as IncomingMessage);
  assert.deepEqual([of('12'), of(undefined), of(''), of('-1'), of('1e3'), of('9'.repeat(16))], [12, undefined, undefined, undefined, undefined, undefined]);
});
