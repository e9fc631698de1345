/* The first thing that runs on Node 24: the job's own script is argv[2]. */
import { enableCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

// Early 24s call type stripping and SQLite experimental, at every start; both are what we chose.
const warn = process.emitWarning;
process.emitWarning = (warning, ...rest) => {
  const kind = typeof rest[0] === 'string' ? rest[0] : rest[0]?.type;
  if (kind !== 'ExperimentalWarning') warn.call(process, warning, ...rest);
};

if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}

// What was stripped and compiled is kept: a start takes half the time, and 30 MB less.
enableCompileCache(join(import.meta.dirname, '..', '..', '.runtime', 'compiled'));

const script = resolve(process.argv[2]);
process.argv.splice(1, 2, script);
await import(pathToFileURL(script).href);
