import { request, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { isObject, Refusal, type RefusalKind } from '@commonhold/core';
import type { BackupAnswer, ControlPort, HouseStatus, MadeInvite, MadeWayIn, ReportLine } from '../doors/control/port.ts';
import { readHolder } from '../folder/lock.ts';
import type { Tile } from '../health/tile.ts';

/** A running house: the same verbs as one opened here, over its socket. */
export interface RunningHouse extends ControlPort { pid: number }

/**
 * The house that runs on a data folder, or null. What the folder says may be old, so it is asked;
 * who really holds the folder is the lock's to say, not ours.
 */
export async function findRunning(data: string): Promise<RunningHouse | null> {
  const holder = readHolder(data);
  if (holder?.socket == null || !alive(holder.pid)) return null;
  const port = controlOver(holder.socket);
  const status = await port.status().catch(() => null);
  return status && { pid: status.pid, ...port };
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The control port over a socket. */
export function controlOver(socketPath: string): ControlPort {
  const ask = asker(socketPath);
  return {
    status: async () => await json(await ask('GET', '/control/status')) as HouseStatus,
    health: async () => await json(await ask('GET', '/control/health')) as Tile[],
    invite: async (wish) => await json(await ask('POST', '/control/invite', wish)) as MadeInvite,
    letIn: async (who) => await json(await ask('POST', '/control/let-in', { who })) as MadeWayIn,
    care: async (wish) => await json(await ask('POST', '/control/care', wish)) as { said: string },
    reports: async (state) => await json(await ask('GET', `/control/reports?state=${state}`)) as ReportLine[],
    backup: async (deed, onProgress) => {
      for await (const line of createInterface({ input: await ask('POST', '/control/backup', deed) })) {
        const value: unknown = JSON.parse(line);
        if (!isObject(value)) continue;
        if ('ok' in value) return value['ok'] as BackupAnswer;
        if ('failed' in value) throw refusalOf(value['failed']);
        onProgress({ done: Number(value['done']), of: Number(value['of']) });
      }
      throw new Refusal('unavailable', 'cut_off', 'The house stopped answering before it was done.');
    },
    reindex: async (onProgress) => {
      let ended = false;
      for await (const line of createInterface({ input: await ask('POST', '/control/reindex') })) {
        const value: unknown = JSON.parse(line);
        if (!isObject(value)) continue;
        if (value['ok'] === true) ended = true;
        else onProgress({ done: Number(value['done']), of: Number(value['of']) });
      }
      if (!ended) throw new Refusal('unavailable', 'cut_off', 'The house stopped answering before it was done.');
    },
    exportPerson: async (handle, form, write) => {
      for await (const piece of await ask('GET', `/control/export?person=${encodeURIComponent(handle)}&form=${form}`)) await write(piece as Buffer);
    },
    importFile: async (handle, wish, source, onProgress) => {
      const how = wish.kind === 'csv' ? `list=${wish.list}` : wish.kind === 'past' ? `audience=${wish.choice}${wish.profile ? '&profile=1' : ''}` : '';
      const answer = await ask('POST', `/control/import?person=${encodeURIComponent(handle)}&${how}`, source);
      for await (const line of createInterface({ input: answer })) {
        const value: unknown = JSON.parse(line);
        if (!isObject(value)) continue;
        if (isObject(value['refused'])) throw refusalOf(value['refused']);
        if (value['ok'] === true) return { result: value['result'] as Record<string, unknown>, failures: String(value['failures']) };
        onProgress({ done: Number(value['done']), of: Number(value['of']) });
      }
      throw new Refusal('unavailable', 'cut_off', 'The house stopped answering before it was done.');
    },
  };
}

const asker = (socketPath: string) => (method: string, path: string, body?: unknown): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const sent = request({ socketPath, method, path, headers: { host: 'house', 'content-type': 'application/json' } });
    sent.once('error', (cause) => reject(new Refusal('unavailable', 'house_silent', 'The house does not answer on its socket.', { cause })));
    sent.once('response', (answer) => {
      if ((answer.statusCode ?? 500) < 400) resolve(answer);
      else json(answer).then((problem) => reject(refusalOf(problem)), reject);
    });
    if (isPieces(body)) Readable.from(body).once('error', (error) => sent.destroy(error)).pipe(sent);
    else sent.end(body === undefined ? '' : JSON.stringify(body));
  });

const isPieces = (body: unknown): body is AsyncIterable<Uint8Array> => typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

async function json(answer: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return JSON.parse(text) as unknown;
}

const KINDS: readonly RefusalKind[] = ['invalid', 'unauthenticated', 'denied', 'not_found', 'conflict', 'gone', 'too_big', 'rate_limited', 'unavailable'];

function refusalOf(problem: unknown): Refusal {
  const { kind, code, detail } = isObject(problem) ? problem : {};
  return new Refusal(KINDS.find((known) => known === kind) ?? 'unavailable', typeof code === 'string' ? code : 'internal', typeof detail === 'string' ? detail : 'The house failed.');
}
