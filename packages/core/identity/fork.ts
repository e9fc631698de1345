import { byText, type Node } from './node.ts';
import { seenOut, type PutOut } from './putout.ts';
import type { LaterStatement } from './statement.ts';

/** Which statement goes on after a fork, and why each other one does not. */
export interface Decision { winner: Node; losers: ReadonlyMap<Node, string> }

type Outs = ReadonlyMap<Node, PutOut>;

/**
 * Decides a fork by the statements at this height alone; of what is built on them only matters which keys recovery puts
 * out there. Codes: fork_recovery, fork_equivocation, fork_put_out, fork_reverted, fork_older_device, fork_lower_hash.
 */
export function decideFork(parent: Node, outs: Outs): Decision {
  const recovery = parent.children.filter((node) => node.byRecovery);
  const devices = parent.children.filter((node) => !node.byRecovery);
  const pinned = pickRecovery(parent.state.recoveryKey, recovery, devices, outs);
  if (!pinned) return decideDevices(parent, recovery, devices, outs);
  const losers = new Map(devices.map((node) => [node, 'fork_recovery']));
  for (const node of recovery) if (node !== pinned) losers.set(node, 'fork_equivocation');
  return { winner: pinned, losers };
}

const earliest = (nodes: readonly Node[]): Node | undefined =>
  [...nodes].sort((a, b) => a.seen - b.seen || byText(a.hash, b.hash))[0];

// Against a branch that puts the recovery key out, only what was seen before that counts.
function pickRecovery(key: string, recovery: readonly Node[], devices: readonly Node[], outs: Outs): Node | undefined {
  const outAt = (node: Node): number => seenOut(outs.get(node)!, key);
  const firstOut = (nodes: readonly Node[]): number => nodes.reduce((least, node) => Math.min(least, outAt(node)), Infinity);
  const byDevices = firstOut(devices);
  const standing = recovery.filter((node) => node.seen < byDevices);
  const first = firstOut(standing);
  return earliest(standing.filter((node) => node.seen < first || outAt(node) === first));
}

function decideDevices(parent: Node, recovery: readonly Node[], devices: readonly Node[], outs: Outs): Decision {
  const losers = new Map([...recovery, ...devices].map((node) => [node, 'fork_put_out']));
  const putting = devices.filter((node) => outs.get(node)!.size > 0);
  const standing = devices.filter((node) => putting.every((other) => other === node || node.seen < seenOut(outs.get(other)!, signer(node))));
  const reverts = standing.filter((node) => node.signed.statement.type === 'revert-home');
  const pool = new Set(reverts.length > 0 ? reverts : standing);
  const addedAt = (node: Node): number => parent.state.devices.get(signer(node))!.addedAt;
  const [best] = [...pool].sort((a, b) => addedAt(a) - addedAt(b) || byText(a.hash, b.hash));
  const winner = best ?? earliest(devices)!;
  for (const node of standing) {
    const beaten = addedAt(node) === addedAt(winner) ? 'fork_lower_hash' : 'fork_older_device';
    losers.set(node, pool.has(node) ? beaten : 'fork_reverted');
  }
  losers.delete(winner);
  return { winner, losers };
}

const signer = (node: Node): string => (node.signed.statement as LaterStatement).by;
