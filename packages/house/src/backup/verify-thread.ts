import { parentPort, workerData } from 'node:worker_threads';
import { makeNodeSuite } from '../crypto/node-suite.ts';
import { isOlder } from '../upgrade/format.ts';
import { upgradeFiles } from '../upgrade/upgrade.ts';
import { damageLine, verifyFolder } from '../verify/folder.ts';

const found: string[] = [], { folder } = workerData as { folder: string };
// A backup may be older than this program.
if (isOlder(folder)) upgradeFiles(folder);
const tally = verifyFolder(makeNodeSuite(), folder, {
  // Views are made anew from the pods; no backup has them.
  tell: (damage) => { if (damage.file !== 'views.db') found.push(damageLine(damage)); },
  progress: (done, of) => parentPort!.postMessage({ done, of }),
});
parentPort!.postMessage({ found, people: tally.people, records: tally.records });
