import type { Version } from '../../../packages/core/index.ts';
import { long } from './tools.ts';

const DEVICES = [long('device 1'), long('device 2')].sort() as [string, string];
const version = (why: string, rev: number, at: number, device: 0 | 1, op: Version['op'], id: string): Version & { why: string } =>
  ({ why, rev, at: at.toString(16).padStart(16, '0'), device: DEVICES[device], op, base: rev === 1 ? null : long(`base ${rev}`), id });

/** Versions of one key, from loser to winner. */
export const versions = (): object[] => [
  version('the first put', 1, 900, 0, 'put', long('v1')),
  version('a higher rev, though earlier', 2, 100, 0, 'put', long('v2')),
  version('the same rev, later', 2, 101, 0, 'put', long('v3')),
  version('the same rev and time, the higher device', 2, 101, 1, 'put', '-' + long('v4').slice(1)),
  version('the same in all, the higher id in ASCII order', 2, 101, 1, 'put', 'z' + long('v5').slice(1)),
  version('many edits later', 400, 50, 0, 'put', long('v6')),
  version('a remove beats every put not built on it, whatever its rev', 2, 10, 0, 'remove', long('v7')),
  version('of two removes, the higher rev', 3, 9, 0, 'remove', long('v8')),
  version('a put on top of a remove starts a new era', 1048576, 5, 0, 'put', long('v9')),
  version('and is edited', 1048577, 6, 0, 'put', long('v10')),
  version('and removed again', 1048577, 6, 0, 'remove', long('v11')),
];
