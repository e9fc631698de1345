/* The bare server that the house is held against: node:http, node:sqlite, prepared statements and nothing else. Arguments: folder, rows to begin with, files to write to. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { answerParent } from './channel.ts';
import { postText } from './content.ts';

const PAGE = 50;
const TABLE = `PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
  CREATE TABLE posts (id INTEGER PRIMARY KEY, key TEXT NOT NULL, persona TEXT NOT NULL, handle TEXT NOT NULL, name TEXT NOT NULL,
    at TEXT NOT NULL, audience TEXT NOT NULL, created INTEGER NOT NULL, text TEXT NOT NULL)`;
const INSERT = 'INSERT INTO posts (key, persona, handle, name, at, audience, created, text) VALUES (?,?,?,?,?,?,?,?)';

const [folder = '.', posts = '0', fileCount = '0'] = process.argv.slice(2);
const db = open('posts');
fill(db);
const one = db.prepare('SELECT key, persona AS author, at, audience, created, text FROM posts WHERE id = ?');
const page = db.prepare('SELECT persona, handle, name, key, at, audience, created, text FROM posts ORDER BY id DESC LIMIT ?');
const files = Array.from({ length: Number(fileCount) }, (_, i) => {
  const file = open(`file-${i}`);
  return { file, insert: file.prepare(INSERT) };
});

function open(name: string): DatabaseSync {
  const made = new DatabaseSync(join(folder, `${name}.db`));
  made.exec(TABLE);
  return made;
}

/** A row as wide as a post of the house with its author's names. */
function row(n: number, key: string, text: string, created: number) {
  const author = n % 300;
  return [key, `c${String(author).padStart(52, 'p')}`, `person${author}`, `Person Number ${author}`, created.toString(16).padStart(16, '0'), 'house', created, text] as const;
}

function fill(into: DatabaseSync): void {
  const insert = into.prepare(INSERT);
  into.exec('BEGIN');
  for (let n = 0; n < Number(posts); n++) insert.run(...row(n, String(n).padStart(22, 'k'), postText(n), 1_700_000_000_000 + n * 1000));
  into.exec('COMMIT');
}

function send(outgoing: ServerResponse, status: number, body: string): void {
  outgoing.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  outgoing.end(body);
}

let written = 0;
function insert(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const { text } = JSON.parse(Buffer.concat(chunks).toString()) as { text: string };
    const values = row(written, `w${String(written).padStart(21, 'k')}`, text, Date.now());
    files[Number(incoming.url!.slice('/posts/'.length))]!.insert.run(...values);
    written++;
    send(outgoing, 201, JSON.stringify({ persona: values[1], key: values[0], at: values[4], audience: values[5], body: { text, createdAt: values[6] } }));
  });
}

const ears = new Set<ServerResponse>();
function listen(outgoing: ServerResponse): void {
  outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
  outgoing.write(': hello\n\n');
  ears.add(outgoing);
  outgoing.once('close', () => ears.delete(outgoing));
}

/** The text of a post, kept durably and written to everybody who listens. */
function say(incoming: IncomingMessage, outgoing: ServerResponse): void {
  incoming.once('data', (chunk: Buffer) => {
    const { text } = JSON.parse(chunk.toString()) as { text: string };
    const values = row(written++, `w${String(written).padStart(21, 'k')}`, text, Date.now());
    files[0]!.insert.run(...values);
    const item = JSON.stringify({ persona: values[1], handle: values[2], name: values[3], key: values[0], at: values[4], audience: values[5], created: values[6], text });
    for (const ear of ears) ear.write(`event: post\ndata: ${item}\n\n`);
    send(outgoing, 201, item);
  });
}

const server = createServer({ keepAliveTimeout: 65_000, noDelay: true }, (incoming, outgoing) => {
  if (incoming.url === '/live') listen(outgoing);
  else if (incoming.url === '/say') say(incoming, outgoing);
  else if (incoming.method === 'POST') insert(incoming, outgoing);
  else if (incoming.url === '/posts') send(outgoing, 200, JSON.stringify(page.all(PAGE)));
  else send(outgoing, 200, JSON.stringify(one.get(Number(incoming.url!.slice('/posts/'.length)))));
});
server.listen(0, '127.0.0.1', () => {
  answerParent({ port: (server.address() as AddressInfo).port }, () => {
    server.close();
    server.closeAllConnections();
    for (const { file } of files) file.close();
    db.close();
  });
});
