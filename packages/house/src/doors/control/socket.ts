import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import type { ControlPort } from './port.ts';
import { answerControl } from './routes.ts';

/** Unix socket paths end at 104 bytes on macOS, 108 on Linux. */
const LONGEST = 100;

/**
 * Where the socket of a data folder lies: in it, or, when its path is too long for a socket, in a private folder for temporary files.
 * On Windows a named pipe.
 */
export function socketPath(data: string): string {
  const name = createHash('sha256').update(data).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\commonhold-${name}`;
  const inside = join(data, 'house.sock');
  return Buffer.byteLength(inside) <= LONGEST ? inside : join(tmpdir(), `commonhold-${userInfo().uid}`, `${name}.sock`);
}

/**
 * Opens the control socket of a data folder, for its owner alone (0600). The folder's lock must be held: a socket left by a
 * house that was killed is replaced.
 */
export async function openControlSocket(data: string, port: ControlPort): Promise<{ path: string; close(): Promise<void> }> {
  const path = socketPath(data);
  const server = createServer((request, response) => { void answerControl(port, request, response); });
  const files = process.platform !== 'win32';
  if (files) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    rmSync(path, { force: true });
  }
  // The socket is made inside listen(), so it never exists with wider rights than these.
  const mask = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(path, resolve); });
  } finally {
    process.umask(mask);
  }
  if (files) chmodSync(path, 0o600);
  return { path, close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }) };
}
