import { execFileSync } from 'node:child_process';

/** Two machines on one network: namespaces `here` (the house) and `there` (the neighbour), joined by a cable. */
export interface Cable { here: string; there: string; address: string }

/** Why this machine cannot have namespaces, or null when it can. */
export function noNamespaces(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are a thing of Linux';
  if (process.getuid?.() !== 0) return 'making network namespaces needs root';
  try { execFileSync('ip', ['netns', 'list'], { stdio: 'ignore' }); } catch { return 'the command ip (Debian: iproute2) is missing'; }
  return null;
}

const ip = (...args: string[]): void => { execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] }); };

/** Makes both machines and takes them away when the test ends. */
export function makeCable(t: { after(fn: () => void): void }): Cable {
  const id = `${process.pid}`.slice(-6);
  const cable = { here: `ch-here-${id}`, there: `ch-there-${id}`, address: '10.77.0.1' };
  const near = `vh${id}`, far = `vt${id}`;
  t.after(() => { for (const name of [cable.here, cable.there]) { try { ip('netns', 'del', name); } catch { /* was not made */ } } });
  ip('netns', 'add', cable.here);
  ip('netns', 'add', cable.there);
  ip('link', 'add', near, 'netns', cable.here, 'type', 'veth', 'peer', 'name', far, 'netns', cable.there);
  for (const [name, link, address] of [[cable.here, near, cable.address], [cable.there, far, '10.77.0.2']] as const) {
    ip('-n', name, 'addr', 'add', `${address}/24`, 'dev', link);
    ip('-n', name, 'link', 'set', link, 'up');
    ip('-n', name, 'link', 'set', 'lo', 'up');
  }
  return cable;
}
