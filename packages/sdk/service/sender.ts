import { isIP } from 'node:net';

/**
 * Whom a request is counted against: the address it comes from, an IPv6 one by its /64. What comes from this machine comes from a proxy, if
 * it says whom it stands for, else from whoever runs it: null, counted against nobody. From elsewhere that header means nothing.
 */
export function senderOf(peer: string | undefined, forwarded: string | undefined): string | null {
  const from = plain(peer ?? '');
  if (from !== '::1' && !from.startsWith('127.')) return networkOf(from);
  const told = plain(forwarded?.split(',').at(-1)?.trim() ?? '');
  return isIP(told) === 0 ? null : networkOf(told);
}

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

// Whoever has one IPv6 address has 2^64 of them.
function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [left = [], right = []] = address.split('::').map((half) => half.split(':').filter((part) => part !== ''));
  return [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right].slice(0, 4).map((part) => parseInt(part, 16).toString(16)).join(':');
}

/** Lets so many of each sender in at the same time. `enter` answers how to leave again, or null where it has too many already. */
export function makeEach(most: number): { enter(sender: string | null): (() => void) | null } {
  const open = new Map<string, number>();
  return {
    enter: (sender) => {
      if (sender === null) return () => undefined;
      const had = open.get(sender) ?? 0;
      if (had >= most) return null;
      open.set(sender, had + 1);
      return () => {
        const left = open.get(sender)! - 1;
        if (left > 0) open.set(sender, left); else open.delete(sender);
      };
    },
  };
}
