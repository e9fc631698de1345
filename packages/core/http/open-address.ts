/* What is not the open internet: this machine, private and shared networks, links, documentation, benchmarks, multicast, reserved. */
const CLOSED_4 = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.31.196.0/24',
  '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
].map(rangeOf);
/* Of IPv6 only what is given out as global unicast is open, without what stands for an IPv4 address inside another, tunnels and documentation. */
const OPEN_6 = ['2000::/3'].map(rangeOf);
const CLOSED_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'].map(rangeOf);

/** The first bits of an address, all of its bits as text. */
type Range = string;

/**
 * Whether an IP address, as text, is one of the open internet: what may be called on a stranger's word. Anything that is no address
 * is not, nor is one with a zone. The one table for houses and services; both look at every address that a name has before they call one.
 */
export function isOpenAddress(address: string): boolean {
  const four = bits4(address);
  if (four !== null) return !isIn(CLOSED_4, four);
  const six = bits6(address);
  return six !== null && isIn(OPEN_6, six) && !isIn(CLOSED_6, six);
}

const isIn = (ranges: readonly Range[], bits: string): boolean => ranges.some((range) => bits.startsWith(range));

function rangeOf(text: string): Range {
  const [address, length] = text.split('/') as [string, string];
  return (bits4(address) ?? bits6(address)!).slice(0, Number(length));
}

function binary(value: number, length: number): string { return value.toString(2).padStart(length, '0'); }

function bits4(text: string): string | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return null;
  return parts.map((part) => binary(Number(part), 8)).join('');
}

/* Eight groups, one run of zeros of which may be left out, the last two perhaps as an IPv4 address. */
function bits6(text: string): string | null {
  const [head, tail, more] = text.split('::');
  if (more !== undefined) return null;
  const first = groupsOf(head!, tail === undefined), last = tail === undefined ? [] : groupsOf(tail, true);
  if (first === null || last === null) return null;
  const missing = 8 - first.length - last.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  return [...first, ...Array.from({ length: missing }, () => '0'.repeat(16)), ...last].join('');
}

function groupsOf(text: string, isEnd: boolean): string[] | null {
  if (text === '') return [];
  const out: string[] = [], parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    const four = isEnd && i === parts.length - 1 ? bits4(part) : null;
    if (four !== null) out.push(four.slice(0, 16), four.slice(16));
    else if (/^[0-9a-f]{1,4}$/i.test(part)) out.push(binary(Number.parseInt(part, 16), 16));
    else return null;
  }
  return out;
}
