import { join } from 'node:path';
import { restoresOf } from './backup/restores.ts';
import { machineClocks, makeSteadyClock, type MachineClocks } from './clock/steady.ts';
import type { Config } from './config/config.ts';
import { departedIn } from './doors/control/care.ts';
import { makeControl, type ControlDeps } from './doors/control/house-control.ts';
import { openControlSocket } from './doors/control/socket.ts';
import type { Limit, LimitClass } from './doors/web/checks/limits.ts';
import { makeWebDoor } from './doors/web/door.ts';
import { makeHealth, type Health } from './health/health.ts';
import type { Household } from './household/household.ts';
import { makeJournal, type Journal } from './journal.ts';
import { isPublic } from './listen/addresses.ts';
import { bannerLines } from './listen/banner.ts';
import { makeNetwork } from './listen/network.ts';
import { siteOf, type OwnSite } from './listen/site.ts';
import { carryingOf, importsOf } from './past/open.ts';
import { VERSION } from './version.ts';
import { openHouse, type OpenHouse, type OpenOptions } from './compose/open.ts';

export { openHouse, type OpenHouse };

const DIST = join(import.meta.dirname, '../../web/dist');

const onStderr = (): Journal => makeJournal((line) => { process.stderr.write(line); });

/** How a house is started: `lan` lets the network in and is remembered; `announce` hears the banner anew when addresses change. */
export interface StartOptions extends OpenOptions {
  lan?: boolean;
  announce?(lines: string[]): void;
  /** Lets anybody look around who wants to, where the house is a made-up one. */
  guests?: boolean;
  /** Other rates than those of a house for people; benchmarks and tests of every route use them. */
  limits?: Partial<Record<LimitClass, Limit>>;
  /** Hears that another house was restored into the folder: it begins when this one is closed and the folder opened anew. */
  onRestored?(): void;
  /** Other clocks than this machine's; tests move them. */
  clocks?: MachineClocks;
}

/**
 * Opens a house with all its doors. Refuses what `openHouse` refuses, and `port_taken`.
 * Disposing closes the doors first, then lets what is under way end.
 */
export async function startHouse(config: Config, { lan = false, guests = false, announce, limits = {}, clocks = machineClocks, onRestored = () => {}, ...instead }: StartOptions = {}) {
  const journal = onStderr();
  const house = await openHouse(config, journal.error, makeSteadyClock(clocks, journal.error), instead);
  const { household, jobs, gate, joining, records, microblog, people, news, pictures, later, accessLog, identity, suite, lock, postLimit, exportOf } = house;
  const { settings } = household;
  // Remembered rather than asked for, so that a house without a network today starts, and lets it in when it comes.
  if (lan) settings.set('lan', true);
  const site = siteOf(config, journal.error);
  const network = makeNetwork({ ...config, site, remembered: { read: () => settings.get('lan') ?? false, write: (on) => settings.set('lan', on) } });
  const health = healthOf(house, site);
  const carrying = carryingOf(house, () => network.urls[0] ?? `http://localhost:${network.port}`);
  const restores = restoresOf(house, onRestored, journal.error);
  const door = makeWebDoor({ household, ...restores, signers: house.signers, joinedBy: house.joinedBy, health, jobs, backups: house.backups, gate, joining, records, identity, microblog, people, news, pictures, later, accessLog, network, version: VERSION, postLimit, exportOf, ...carrying, dist: DIST, clock: house.now, log: journal.line, suite, limits, guest: guests ? guestOf(household) : null });
  const local = () => `http://localhost:${network.port}`;
  const others = () => network.urls.filter((url) => url !== local() && url !== (site?.origin ?? config.origin));
  const control = controlOf({ ...house, imports: carrying.imports }, journal, health, () => ({ url: local(), lan: others() }), (path) => ({ url: `${network.urls[0]}${path}`, reach: network.reach }));
  const banner = () => bannerLines({ code: household.setupCode(), local: local(), lan: others(), site: onInternet(site, config) });
  const closeAll = async () => { carrying.imports.closing(); site?.certificate.close(); door.close(); await network.close(); await restores.restore.close(); await house.close(); };
  try {
    await network.open(door.handle);
    const socket = await openControlSocket(config.data, control);
    const tell = () => lock.tell({ socket: socket.path, port: network.port, url: local() });
    tell();
    network.listen(() => { tell(); announce?.(banner()); });
    site?.certificate.listen(() => announce?.(banner()));
    site?.certificate.start();
    carrying.imports.resume();
    house.backups.nightly();
    return { ...house, network, door, banner, [Symbol.asyncDispose]: async () => { await socket.close(); await closeAll(); } };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** Its address on the internet, as the banner tells of it. */
function onInternet(site: OwnSite | null, { origin }: Config): Parameters<typeof bannerLines>[0]['site'] {
  if (site === null) return origin === null ? null : { url: origin, ready: true, wrong: null };
  const { certificate, failed } = site.certificate.state;
  return { url: site.origin, ready: certificate !== null, wrong: failed?.say ?? null };
}

function guestOf({ settings, personOf, openSession }: Household): { persona: string; handle: string; session: string } | null {
  const person = personOf(settings.get('guest') ?? '');
  return person && { persona: person.persona, handle: person.handle, session: openSession(person.persona, 'Visitors') };
}

/** A house with its doors open. */
export type RunningHouse = Awaited<ReturnType<typeof startHouse>>;

/** Opens a house without doors for as long as one command of its owner takes. */
export async function openOffline(config: Config) {
  const journal = onStderr();
  const house = await openHouse(config, journal.error);
  const address = config.origin ?? `http://localhost:${config.port}`;
  return {
    control: controlOf({ ...house, imports: importsOf(house, () => address) }, journal, healthOf(house, null), () => ({ url: null, lan: [] }), (path) => ({ url: `${address}${path}`, reach: config.origin ? 'internet' : 'this-machine' })),
    [Symbol.asyncDispose]: house.close,
  };
}

// A name of one's own network is nobody's to look up.
const publicOf = (origin: string | null): string | null => (origin !== null && isPublic(origin) ? origin : null);

/** What looks after a house, on the internet or not. */
const healthOf = ({ config, secrets, outbox, backups, now }: OpenHouse, site: OwnSite | null): Health =>
  makeHealth({ data: config.data, id: secrets.persona, origin: publicOf(site?.origin ?? config.origin ?? null), certificate: site?.certificate ?? null, waiting: outbox.waiting, lastBackup: backups.lastBackup, now });

const controlOf = ({ config, secrets, backups, household, firewall, views, now, jobs, imports }: OpenHouse & Pick<ControlDeps, 'imports'>, { troubles }: Journal, health: Health, addresses: ControlDeps['addresses'], address: ControlDeps['address']) =>
  makeControl({ data: config.data, health: health.look, departed: departedIn(config.data), now, version: VERSION, secrets, backups, household, jobs, imports, exportOf: firewall.exportOf, exportFiles: firewall.exportFiles, reindex: views.reindex, troubles, addresses, address });
