import { networkInterfaces } from 'node:os';
import { ill, note, well, type Finding } from './finding.ts';

/** Node new enough to run the sources. */
export function node(version = process.versions.node): Finding {
  return Number(version.split('.')[0]) >= 24
    ? well('Node', version)
    : ill('Node', version, 'Start by "npm start" or "npx commonhold", which bring Node 24 along.');
}

/** Addresses that phones in the same network could use. */
export function network(interfaces = networkInterfaces()): Finding {
  const found = Object.values(interfaces).flatMap((list) => list ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && isPrivate(address))
    .map(({ address }) => address);
  if (found.length > 0) return well('Network', found.join(', '));
  return note('Network', 'no address in a local network', 'Join a Wi-Fi or plug in a cable if others should reach this house.');
}

const isPrivate = (address: string): boolean => /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)/.test(address);
