#!/usr/bin/env node
/* The `commonhold` command of the package: brings a current Node where there is none, then runs the house. Plain JavaScript for any Node >= 18. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LaunchFailure } from './launch/failure.mjs';
import { handOver } from './launch/handover.mjs';
import { alone } from './launch/lock.mjs';
import { majorOf } from './launch/platforms.mjs';
import { installRuntime, runtimeAtHand } from './launch/runtime.mjs';
import { say } from './launch/say.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

try {
  if (majorOf(process.version) < 18) throw new LaunchFailure(`This is Node ${process.version}. Commonhold needs Node 18 or newer to fetch its own Node 24; get it from https://nodejs.org.`);
  const node = runtimeAtHand(root) ?? await alone(root, async () => runtimeAtHand(root) ?? installRuntime(root));
  await handOver(node, join(root, 'packages', 'house', 'src', 'cli', 'main.js'), process.argv.slice(2));
} catch (error) {
  if (!(error instanceof LaunchFailure)) throw error;
  say(error.message);
  process.exitCode = 1;
}
