import assert from 'node:assert/strict';
import { BlockList, isIP } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { isOpenAddress } from './open-address.ts';

const OPEN = ['93.184.216.34', '8.8.8.8', '172.32.0.1', '2606:4700::1111', '2A00:1450:4001::1', '2a00::8.8.8.8'];
const CLOSED = [
  '127.0.0.1', '127.9.9.9', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255',
  '198.18.0.1', '192.0.2.1', '192.88.99.1', '::1', '::', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::7f00:1', '2002:7f00:1::',
  '2001::1', '2001:db8::1', '2620:4f:8000::1', '3fff::1', '4000::1', '', 'localhost', '1', '0x7f000001', '2130706433', '08.8.8.8', '8.8.8', '8.8.8.8.8', '2606::1::2', '2606:1', '[2606::1]', '2606::12345',
];

test('open is the open internet alone, and nothing that is no address', () => {
  for (const address of OPEN) assert.ok(isOpenAddress(address), address);
  for (const address of CLOSED) assert.ok(!isOpenAddress(address), address);
});

/* The same ranges once more, as Node knows ranges. */
const closed = new BlockList(), handedOut = new BlockList();
for (const [net, bits] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.31.196.0', 24], ['192.52.193.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['192.175.48.0', 24], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4]] as const) closed.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['2620:4f:8000::', 48], ['3fff::', 20]] as const) closed.addSubnet(net, bits, 'ipv6');
handedOut.addSubnet('2000::', 3, 'ipv6');

const byNode = (address: string): boolean => {
  const kind = isIP(address);
  if (kind === 4) return !closed.check(address, 'ipv4');
  return kind === 6 && !address.includes('%') && handedOut.check(address, 'ipv6') && !closed.check(address, 'ipv6');
};

test('it says of every text what Node would say, also next to the borders of the ranges', () => {
  const byte = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 10, 100, 127, 169, 172, 192, 198, 203, 223, 224, 240, 255));
  const group = fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0, 0x2000, 0x2001, 0x2002, 0x2620, 0x3fff, 0x4f, 0xdb8, 0x1ff, 0x200, 0x8000)).map((n) => n.toString(16));
  const four = fc.tuple(byte, byte, byte, byte).map((parts) => parts.join('.'));
  const six = fc.array(group, { minLength: 1, maxLength: 8 }).chain((groups) => fc.constantFrom(groups.join(':'), `${groups.join(':')}::`, `::${groups.join(':')}`, `${groups.slice(0, 2).join(':')}::${groups.slice(2).join(':')}`, `${groups.slice(0, 6).join(':')}:8.8.8.8`));
  const noise = fc.string({ unit: fc.constantFrom('0', '1', '2', 'f', ':', '.', '%', 'x'), maxLength: 24 });
  fc.assert(fc.property(fc.oneof(four, six, noise), (address) => isOpenAddress(address) === byNode(address)), { numRuns: 5000 });
});
