import { BlockList, isIP } from 'node:net';

/* What is not the open internet: this machine, private and shared networks, links, documentation, benchmarks, multicast, reserved. */
const CLOSED_4 = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.31.196.0', 24], ['192.52.193.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['192.175.48.0', 24], ['198.18.0.0', 15], ['198.51.100.0', 24],
  ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const;
/* Of IPv6 only what is given out as global unicast is open, without what stands for an IPv4 address inside another, tunnels and documentation. */
const OPEN_6 = [['2000::', 3]] as const;
const CLOSED_6 = [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['2620:4f:8000::', 48], ['3fff::', 20]] as const;

function listOf(ranges: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [address, bits] of ranges) list.addSubnet(address, bits, family);
  return list;
}

const closed4 = listOf(CLOSED_4, 'ipv4');
const open6 = listOf(OPEN_6, 'ipv6');
const closed6 = listOf(CLOSED_6, 'ipv6');

/** Whether an IP address is one of the open internet: what the house may be sent to on somebody's word. Anything that is no address is not. */
export function isOpen(address: string): boolean {
  const kind = isIP(address);
  if (kind === 4) return !closed4.check(address, 'ipv4');
  return kind === 6 && !address.includes('%') && open6.check(address, 'ipv6') && !closed6.check(address, 'ipv6');
}
