import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ENTRY = join(dirname(fileURLToPath(import.meta.url)), 'entry.mjs');
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Children of the job that say `node` get the Node that runs it. */
export const withNodeFirst = (node, env = process.env) => ({ ...env, PATH: `${dirname(node)}${delimiter}${env.PATH ?? ''}` });

/**
 * npm runs us under a shell that dies of a signal without passing it on. Whoever stays behind would hold port and folder,
 * so the job ends when that shell does. Not asked without npm: `nohup` and service managers may change our parent.
 */
function endWithNpm(stop) {
  if (!process.env.npm_command) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, 250).unref();
}

/**
 * Runs the job: in this process when it is a current Node, else in a child whose signals and end are passed on.
 * @param {string} node
 * @param {string} entry
 * @param {string[]} args
 */
export async function handOver(node, entry, args) {
  if (node === process.execPath) {
    process.env.PATH = withNodeFirst(node).PATH;
    process.argv.splice(1, process.argv.length - 1, ENTRY, entry, ...args);
    endWithNpm(() => process.kill(process.pid, 'SIGTERM'));
    await import('./entry.mjs');
    return;
  }
  // The fourth channel closes when this process dies, however it dies: the child then stops too.
  const child = spawn(node, [ENTRY, entry, ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: withNodeFirst(node) });
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  endWithNpm(() => child.kill('SIGTERM'));
  const [code, signal] = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (...end) => resolve(end));
  });
  for (const name of SIGNALS) process.removeAllListeners(name);
  if (signal) process.kill(process.pid, signal);
  process.exitCode = code ?? 1;
}
