import { parentPort, workerData } from 'node:worker_threads';
import { makeNodeSuite } from '../crypto/node-suite.ts';
import { upgradePod } from '../firewall/upgrade.ts';
import { verifyPod, type PodToCheck } from '../firewall/verify/pod.ts';
import type { Said } from './apart.ts';

const found: string[] = [], pod = workerData as PodToCheck;
const say = (said: Said): void => parentPort!.postMessage(said);
// A backup may be older than this program.
upgradePod(pod.path);
verifyPod(makeNodeSuite(), pod, { tell: ({ code, says }) => found.push(`${code}: ${says}`), step: (done, of) => say({ done, of }), changes: (changes) => { for (const _ of changes); } });
say({ found });
