/* Where the `commonhold` command begins; ends by itself once nothing is left to do. */
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2));
