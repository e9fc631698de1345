import type { Tile, TileKind } from './tile.ts';

type Facts = Tile['facts'];
type Say = (facts: Facts) => string;

const WHAT: Readonly<Record<TileKind, string>> = {
  disk: 'Disk', memory: 'Memory', descriptors: 'Descriptors', clock: 'Clock', queue: 'Queue', certificate: 'Certificate', dns: 'DNS', ports: 'Reach', backup: 'Backup',
};

const gb = (bytes: string | number | undefined): string => `${(Number(bytes) / 1e9).toFixed(1)} GB`;
const mib = (bytes: string | number | undefined): string => `${Math.round(Number(bytes) / 2 ** 20)} MiB`;
const day = (ms: string | number | undefined): string => new Date(Number(ms)).toISOString().slice(0, 10);
const moment = (ms: string | number | undefined): string => new Date(Number(ms)).toISOString().replace('T', ' ').slice(0, 16);
const files: Say = ({ open, limit }) => `${Number(open) > 0 ? `${open} of ` : ''}${Number(limit) === 0 ? 'no limit' : `${limit} open files`}`;

const room: Say = ({ free }) => `${gb(free)} free`;
const SAYS: Readonly<Record<string, Say>> = {
  disk_room: room, disk_low: room, disk_full: room,
  memory_room: ({ used, free }) => `${Number(used) > 0 ? `the house takes ${mib(used)}, ` : ''}the machine has ${mib(free)} left`, memory_low: ({ free }) => `${mib(free)} left`,
  descriptors_room: files, descriptors_few: files, descriptors_out: ({ open, limit }) => `the house has ${open} of ${limit} files open`,
  clock_plausible: ({ now }) => `${moment(now)} UTC`, clock_right: ({ now }) => `${moment(now)} UTC, as others say too`, clock_wrong: ({ now }) => `${moment(now)} UTC`,
  clock_off: ({ ahead }) => `${ahead} seconds off`,
  queue_empty: () => 'nothing waits', queue_waits: ({ pods }) => `something of ${pods} people waits for another try`,
  certificate_good: ({ until, issuer }) => `until ${day(until)}${issuer ? `, from ${issuer}` : ''}`, certificate_waits: () => 'none yet; it is being asked for',
  certificate_failed: ({ said }) => `none: ${said}`, certificate_not_renewed: ({ until, said }) => `until ${day(until)}, and could not be renewed: ${said}`,
  certificate_ends: ({ until, said }) => `ends ${day(until)}, and could not be renewed: ${said}`,
  dns_good: ({ domain, addresses }) => `${domain} leads to ${addresses}`, dns_none: ({ domain }) => `${domain} leads nowhere`,
  dns_private: ({ domain, addresses }) => `${domain} leads to ${addresses}, which is no address of the internet`, dns_silent: () => 'no name server answers',
  ports_open: ({ origin }) => `${origin} leads here`, ports_other: ({ origin }) => `${origin} is answered by something else`,
  ports_untrusted: ({ origin }) => `${origin} has a certificate that browsers do not trust`, ports_silent: ({ origin }) => `${origin} does not answer this machine`,
  backup_none: () => 'none yet', backup_failed: ({ days }) => `the last one failed; the one before is ${days} days old`, backup_old: ({ days }) => `${days} days old`,
  backup_fresh: ({ at }) => `${moment(at)} UTC`, backup_drilled: ({ at, drilled }) => `${moment(at)} UTC; a restore was tried on ${day(drilled)}`,
};

const REACH = 'Let ports 80 and 443 through to this machine: in the router ("port forwarding") and in its firewall';
const ADVICE: Readonly<Record<string, Say>> = {
  disk_low: () => 'Free some space on the disk of the data folder soon.', disk_full: () => 'Free some space on the disk of the data folder; writes will fail.',
  memory_low: () => 'End other programs on this machine, or give it more memory.',
  descriptors_few: ({ need }) => `A full house needs ${need}: raise the limit, e.g. by "ulimit -n ${need}" before the start.`,
  descriptors_out: ({ pid }) => `Raise its limit: prlimit --pid ${pid} --nofile=4096 (and "ulimit -n 4096" before the next start).`,
  clock_wrong: () => 'The clock of this machine is wrong. Set it before anybody writes.', clock_off: () => 'Let the machine set its clock by itself: sudo timedatectl set-ntp true',
  certificate_waits: () => 'Wait a minute, then ask again.', certificate_failed: () => `${REACH}. The house tries again by itself.`,
  certificate_not_renewed: () => `${REACH}. The house tries again by itself.`, certificate_ends: () => `${REACH}. The house tries again by itself.`,
  dns_none: ({ domain }) => `Make a DNS record where you got the domain: ${domain}, type A, with the address of this machine on the internet.`,
  dns_private: ({ domain }) => `Put the address of your router or server on the internet into the DNS record of ${domain}.`, dns_silent: () => 'See whether this machine is on the internet.',
  ports_other: ({ origin }) => `See what answers at ${origin}: another machine (then the DNS record is wrong), or another program on this one.`,
  ports_untrusted: ({ origin }) => `Give what answers at ${origin} a certificate that browsers trust.`,
  ports_silent: ({ origin }) => `Open ${origin} on a phone without Wi-Fi. If that fails, too: ${REACH.toLowerCase()}.`,
  backup_none: () => 'Set a place for backups, in the app under Your house.', backup_failed: () => 'See in the app, under Your house, what the last backup failed at.', backup_old: () => 'See in the app, under Your house, why there was no backup since.',
};

/** A finding in English words: what it is about, how it is, and what to do where it is not well. */
export function wordsFor({ kind, code, facts }: Tile): { what: string; says: string; todo: string | null } {
  return { what: WHAT[kind], says: SAYS[code]?.(facts) ?? code, todo: ADVICE[code]?.(facts) ?? null };
}
