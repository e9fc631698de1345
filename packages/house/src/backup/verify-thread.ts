import { parentPort, workerData } from 'node:worker_threads';
import { makeNodeSuite } from '../crypto/node-suite.ts';
import { damageLine, verifyFolder } from '../verify/folder.ts';

const found: string[] = [];
const tally = verifyFolder(makeNodeSuite(), (workerData as { folder: string }).folder, {
  // Views are made anew from the pods; no backup has them.
  tell: (damage) => { if (damage.file !== 'views.db') found.push(damageLine(damage)); },
  progress: (done, of) => parentPort!.postMessage({ done, of }),
});
parentPort!.postMessage({ found, people: tally.people, records: tally.records });
