#!/usr/bin/env node
/* Plain JavaScript for any Node >= 18: brings a current Node and the packages, then runs the job. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bringUp, scriptOf } from './launch/bring-up.mjs';
import { LaunchFailure } from './launch/failure.mjs';
import { handOver } from './launch/handover.mjs';
import { JOBS, jobOf } from './launch/jobs.mjs';
import { majorOf } from './launch/platforms.mjs';
import { say } from './launch/say.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Runs one command line; failures that have a sentence end with it and code 1. */
async function launch(line) {
  const job = jobOf(line);
  if (!job) {
    say(`Usage: node scripts/launch.mjs ${Object.keys(JOBS).join('|')} [arguments]`);
    process.exitCode = 2;
    return;
  }
  try {
    if (majorOf(process.version) < 18) throw new LaunchFailure(`This is Node ${process.version}. Commonhold needs Node 18 or newer to fetch its own Node 24; get it from https://nodejs.org.`);
    const node = await bringUp(root, job);
    await handOver(node, scriptOf(root, job), job.args);
  } catch (error) {
    if (!(error instanceof LaunchFailure)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}

await launch(process.argv.slice(2));
