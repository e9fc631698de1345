import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject, Refusal, type RefusalKind } from '@commonhold/core';
import { backupDeedOf } from './backup.ts';
import { careWishOf } from './care-wish.ts';
import { CHOICES, LISTS, type ImportWish } from '../../past/imports.ts';
import type { ControlPort, InviteWish } from './port.ts';

const STATUS: Readonly<Record<RefusalKind, number>> = {
  invalid: 400, unauthenticated: 401, denied: 403, not_found: 404, conflict: 409, gone: 410, too_big: 413, rate_limited: 429, unavailable: 503,
};
const LARGEST = 64 * 1024;

/**
 * The control routes over HTTP on the house's own socket: GET /control/status, GET /control/health, POST /control/invite, POST /control/let-in, POST /control/care, GET /control/reports?state=open|done,
 * POST /control/backup (JSON Lines of progress, the last one {"ok": answer} or {"failed": problem}),
 * POST /control/reindex (JSON Lines of progress, the last one {"ok":true}), GET /control/export?person=handle&form=lines|zip, POST /control/import?person=handle&audience=|list= (the archive; JSON Lines of progress, the last one {"ok":true}).
 * A stream that fails half-way is cut off, so that nobody takes half for the whole. Whoever may open the socket is the owner.
 */
export async function answerControl(port: ControlPort, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'http://house');
    const route = ROUTES[`${request.method} ${url.pathname}`];
    if (!route) throw new Refusal('not_found', 'no_such_route', `There is no ${request.method} ${url.pathname}.`);
    await route({ port, url, request, response });
  } catch (error) {
    fail(response, error);
  }
}

interface Asked { port: ControlPort; url: URL; request: IncomingMessage; response: ServerResponse }

const ROUTES: Readonly<Record<string, (asked: Asked) => Promise<void>>> = {
  'GET /control/status': async ({ port, response }) => json(response, 200, await port.status()),
  'GET /control/health': async ({ port, response }) => json(response, 200, await port.health()),
  'POST /control/invite': async ({ port, request, response }) => json(response, 201, await port.invite(wishOf(await bodyOf(request)))),
  'POST /control/let-in': async ({ port, request, response }) => json(response, 201, await port.letIn(whoOf(await bodyOf(request)))),
  'POST /control/care': async ({ port, request, response }) => json(response, 200, await port.care(careWishOf(await bodyOf(request)))),
  'GET /control/reports': async ({ port, url, response }) => json(response, 200, await port.reports(url.searchParams.get('state') === 'done' ? 'done' : 'open')),
  'POST /control/reindex': async ({ port, response }) => {
    response.writeHead(200, { 'content-type': 'application/jsonl' });
    await port.reindex((progress) => { response.write(`${JSON.stringify(progress)}\n`); });
    response.end('{"ok":true}\n');
  },
  'POST /control/backup': async ({ port, request, response }) => {
    const deed = backupDeedOf(await bodyOf(request));
    const answer = await port.backup(deed, (progress) => {
      if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/jsonl' });
      response.write(`${JSON.stringify(progress)}\n`);
    }).catch((error: unknown) => {
      if (!response.headersSent || !(error instanceof Refusal)) throw error;
      response.end(`${JSON.stringify({ failed: { kind: error.kind, code: error.code, detail: error.message } })}\n`);
      return null;
    });
    if (answer) response.end(`${JSON.stringify({ ok: answer })}\n`);
  },
  'GET /control/export': async ({ port, url, response }) => {
    // The head goes out with the first piece, so that an unknown person still gets a plain 404.
    const form = url.searchParams.get('form') === 'zip' ? 'zip' : 'lines';
    await port.exportPerson(url.searchParams.get('person') ?? '', form, async (piece) => {
      if (!response.headersSent) response.writeHead(200, { 'content-type': form === 'zip' ? 'application/zip' : 'application/jsonl' });
      if (!response.write(piece)) await drained(response);
    });
    response.end();
  },
  'POST /control/import': async ({ port, url, request, response }) => {
    const wish = importWishOf(url.searchParams);
    const done = await port.importFile(url.searchParams.get('person') ?? '', wish, request, (progress) => {
      if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/jsonl' });
      response.write(`${JSON.stringify(progress)}\n`);
    }).catch((error: unknown) => {
      // Said in the stream once it has begun: what came of it is more than a cut-off answer.
      if (!response.headersSent || !(error instanceof Refusal)) throw error;
      return { refused: { kind: error.kind, code: error.code, detail: error.message } };
    });
    response.end(`${JSON.stringify({ ok: true, ...done })}\n`);
  },
};

function importWishOf(query: URLSearchParams): ImportWish {
  const list = LISTS.find((name) => name === query.get('list'));
  if (list !== undefined) return { kind: 'csv', list };
  return { kind: 'past', choice: CHOICES.find((name) => name === query.get('audience')) ?? 'only-me', profile: query.get('profile') === '1' };
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (): void => { response.off('drain', done).off('close', gone); resolve(); };
    const gone = (): void => { response.off('drain', done); reject(new Refusal('gone', 'reader_gone', 'Whoever asked has gone.')); };
    response.once('drain', done).once('close', gone);
  });
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) { response.destroy(); return; }
  if (error instanceof Refusal) json(response, STATUS[error.kind], { status: STATUS[error.kind], kind: error.kind, code: error.code, detail: error.message });
  else json(response, 500, { status: 500, code: 'internal', detail: error instanceof Error ? error.message : String(error) });
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > LARGEST) throw new Refusal('too_big', 'body_too_big', 'That is more than this route takes.');
  }
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch (cause) {
    throw new Refusal('invalid', 'not_json', 'The body is not JSON.', { cause });
  }
}

function whoOf(value: unknown): string {
  if (isObject(value) && typeof value['who'] === 'string' && value['who'].trim() !== '') return value['who'].trim().slice(0, 64);
  throw new Refusal('invalid', 'bad_care', '"who" must be a handle.', { field: 'who', expected: 'a handle' });
}

function wishOf(value: unknown): InviteWish {
  if (!isObject(value)) throw new Refusal('invalid', 'bad_invite', 'An invite is an object.');
  const wish: InviteWish = {};
  if (typeof value['by'] === 'string') wish.by = value['by'];
  if (typeof value['note'] === 'string') wish.note = value['note'].slice(0, 200);
  if (value['uses'] !== undefined) wish.uses = whole(value['uses'], 'uses', 300);
  if (value['hours'] !== undefined) wish.hours = whole(value['hours'], 'hours', 720);
  return wish;
}

function whole(value: unknown, field: string, most: number): number {
  if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most) return value as number;
  throw new Refusal('invalid', 'bad_invite', `"${field}" must be a whole number from 1 to ${most}.`, { field, expected: `1 to ${most}` });
}
