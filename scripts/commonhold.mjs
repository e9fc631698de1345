#!/usr/bin/env node
/* The `commonhold` command in a clone: through the launcher, so that an old Node will do. */
process.argv.splice(2, 0, 'cli');
await import('./launch.mjs');
