/* One caller who asks far too much, in a process of their own. Arguments: port, session, requests a second, connections. */
import { connect } from 'node:net';
import { request } from './load.ts';

const STEP_MS = 10;

const [port = '0', session = '', rate = '10000', connections = '64'] = process.argv.slice(2);
const asked = ['/pods/nobody/microblog/posts/self', '/microblog/house?first=50'].map((path) => request(Number(port), 'GET', path, { session }));
const sockets = Array.from({ length: Number(connections) }, open);

/** A connection that is opened again whenever it is closed; answers are not waited for. */
function open() {
  const held = { socket: connect({ port: Number(port), host: '127.0.0.1', noDelay: true }) };
  const again = () => { held.socket = connect({ port: Number(port), host: '127.0.0.1', noDelay: true }); listen(); };
  const listen = () => { held.socket.on('error', () => {}).on('data', () => {}).once('close', () => { setTimeout(again, STEP_MS).unref(); }); };
  listen();
  return held;
}

let sent = 0;
const from = performance.now();
setInterval(() => {
  // By the clock, whatever the answers do; what is behind after a pause of this process is not made up for at once.
  const due = Math.min((performance.now() - from) / 1000 * Number(rate), sent + Number(rate) * STEP_MS * 5 / 1000);
  for (; sent < due; sent++) sockets[sent % sockets.length]!.socket.write(asked[sent % asked.length]!);
}, STEP_MS);
process.send?.({ port: Number(port) });
process.on('message', () => process.send?.({ sent }));
process.once('disconnect', () => process.exit());
