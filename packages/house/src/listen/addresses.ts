import { BlockList, isIP, isIPv4 } from 'node:net';
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

/** The system's interfaces by name, as node:os gives them. */
type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;
/** Bridges to containers and virtual machines: neighbours are not there, unless there is nothing else. */
const VIRTUAL = /^(docker|br-|veth|virbr|lxc|lxd|podman|cni|vmnet|vboxnet|utun|tun|tap)/;

/** The IPv4 addresses by which neighbours on a private network reach this machine. */
export function lanAddresses(interfaces: Interfaces): string[] {
  const found = Object.entries(interfaces).flatMap(([name, infos]) => (infos ?? [])
    .filter((info) => info.family === 'IPv4' && !info.internal && PRIVATE.test(info.address))
    .map((info) => ({ name, address: info.address })));
  const real = found.filter(({ name }) => !VIRTUAL.test(name));
  return [...new Set((real.length > 0 ? real : found).map(({ address }) => address))];
}

/** Every IPv4 address of the machine but its own loopback: what 0.0.0.0 stands for. */
const allAddresses = (interfaces: Interfaces): string[] =>
  Object.values(interfaces).flatMap((infos) => (infos ?? []).filter((info) => info.family === 'IPv4' && !info.internal).map((info) => info.address));

/** Whether an origin leads to the open internet rather than to this machine or a private network. */
export function isPublic(origin: string): boolean {
  const { hostname } = new URL(origin);
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (bare === 'localhost' || bare.endsWith('.localhost') || bare.endsWith('.local') || bare === '::1') return false;
  if (isIPv4(bare)) return !PRIVATE.test(bare) && !bare.startsWith('127.') && !bare.startsWith('169.254.');
  return !/^f[cde]/.test(bare) || !bare.includes(':');
}

/** An address and a port as an http origin. */
export const originOf = (address: string, port: number): string =>
  new URL(`http://${address.includes(':') ? `[${address}]` : address}:${port}`).origin;

/** The machine's IPv4 addresses as they are now. */
export interface Addresses {
  /** By which neighbours on a private network reach it. */
  lan(): string[];
  /** All but loopback. */
  all(): string[];
}

/** The addresses that the system tells. */
export const systemAddresses: Addresses = { lan: () => lanAddresses(networkInterfaces()), all: () => allAddresses(networkInterfaces()) };

/** Whether an address is in one of these networks ("127.0.0.1", "10.0.0.0/8"). */
export function within(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const one of networks) {
    const [address = '', bits] = one.split('/');
    const kind = isIPv4(address) ? 'ipv4' : 'ipv6';
    list.addSubnet(address, bits === undefined ? (kind === 'ipv4' ? 32 : 128) : Number(bits), kind);
  }
  return (address) => { const kind = isIP(address); return kind !== 0 && list.check(address, kind === 4 ? 'ipv4' : 'ipv6'); };
}
