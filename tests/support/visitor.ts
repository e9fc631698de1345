/*
 * A visitor of a house, as a process of its own within a namespace: founds it with CODE, hears live of its own post, and then guesses
 * passphrases under other people's addresses. `node visitor.ts ORIGIN CODE OTHER` prints what it saw as JSON; OTHER is a second address of the machine.
 */
import { Agent, request } from 'node:https';
import type { IncomingMessage } from 'node:http';

const [origin = '', code = '', other = ''] = process.argv.slice(2);
const PASSPHRASE = 'correct horse battery staple';
const GUESSES = 75;

interface Asked { method?: string; body?: unknown; headers?: Record<string, string>; localAddress?: string }

function ask(path: string, { method = 'GET', body, headers = {}, localAddress }: Asked = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(`${origin}${path}`, { method, agent, ...(localAddress !== undefined && { localAddress }), headers: { origin, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers } }, resolve)
      .on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

async function text(answer: IncomingMessage): Promise<string> {
  let all = '';
  for await (const chunk of answer) all += String(chunk);
  return all;
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const welcome = await ask('/house/setup', { method: 'POST', body: { code, house: { title: 'The Harbour Choir' }, person: { handle: 'ada', name: 'Ada', passphrase: PASSPHRASE } } });
const setup = await text(welcome);
const [cookie = ''] = welcome.headers['set-cookie'] ?? [];
const mine = { cookie: cookie.split(';')[0]! };

const live = await ask('/live', { headers: mine });
const heard = (async () => {
  let all = '';
  for await (const chunk of live) { all += String(chunk); if (all.includes('event: post')) return true; }
  return false;
})();
const posted = await ask('/microblog/posts', { method: 'POST', headers: mine, body: { text: 'Through a proxy.', audience: 'house' } });
await text(posted);
const hears = await heard;
live.destroy();

const guess = async (i: number, localAddress?: string): Promise<number> => {
  const forged = `6.6.${i % 250}.7`;
  const answer = await ask('/sessions', {
    method: 'POST', body: { handle: `nobody${i}`, passphrase: PASSPHRASE }, ...(localAddress !== undefined && { localAddress }),
    headers: { 'x-forwarded-for': forged, 'x-real-ip': forged, forwarded: `for=${forged};host=evil.example;proto=http`, 'x-forwarded-proto': 'http', 'x-forwarded-host': 'evil.example' },
  });
  await text(answer);
  return answer.statusCode ?? 0;
};
const guesses: number[] = [];
for (let i = 0; i < GUESSES && guesses.at(-1) !== 429; i++) guesses.push(await guess(i));
const elsewhere = await guess(GUESSES, other);
process.stdout.write(`${JSON.stringify({ setup: welcome.statusCode, said: setup.slice(0, 300), cookie, strict: welcome.headers['strict-transport-security'], posted: posted.statusCode, hears, guesses, elsewhere })}\n`);
process.exit(0);
