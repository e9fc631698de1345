import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal, type Suite } from '@commonhold/core';
import { CAPACITY, type Config } from './config/config.ts';
import { openDataFolder } from './config/folder.ts';
import { openSecrets } from './config/secrets.ts';
import { makeNodeSuite } from './crypto/node-suite.ts';
import { ANYONE } from './firewall/caller.ts';
import type { EnforcedContract } from './firewall/contracts.ts';
import { cursorKeyOf } from './firewall/verbs/cursor.ts';
import { BLOB_BUDGET, makeFirewall, type Firewall, type JoiningPorts } from './firewall/index.ts';
import type { Pseudonyms } from './firewall/pseudonyms.ts';
import { lockFolder, type FolderLock } from './folder/lock.ts';
import { departedIn } from './doors/control/care.ts';
import { makeControl, type ControlDeps } from './doors/control/house-control.ts';
import { openControlSocket } from './doors/control/socket.ts';
import type { Limit, LimitClass } from './doors/web/checks/limits.ts';
import { makeFetchDocument, type FetchDocument } from './fetch/document.ts';
import { makeFetchPage, type FetchPage } from './fetch/page.ts';
import { makeWebDoor } from './doors/web/door.ts';
import { readForReport } from './household/care/content.ts';
import { makeHousehold, type Household } from './household/household.ts';
import { podDeviceSeed } from './household/podDevice.ts';
import { makeHealth, type Health } from './health/health.ts';
import { makeBackups, type Backups } from './backup/backups.ts';
import { forgetAside } from './backup/one-pod.ts';
import { adoptWaiting, restoresOf, tellBack } from './backup/restores.ts';
import { makeJobs, type Jobs } from './jobs/jobs.ts';
import { isPublic } from './listen/addresses.ts';
import { makeNetwork } from './listen/network.ts';
import { siteOf, type OwnSite } from './listen/site.ts';
import { makeOutbox, type Outbox, type Receive } from './outbox/outbox.ts';
import { makeLog } from './services/log/index.ts';
import { makeLater } from './services/microblog/later/index.ts';
import { makeMicroblog, type Microblog } from './services/microblog/index.ts';
import { makeNews } from './services/news/index.ts';
import { makePeople } from './services/people/index.ts';
import type { Housemate, Housemates } from './services/shared/housemates.ts';
import { makePersonOf } from './services/shared/person.ts';
import { migrate } from './sqlite/migrate.ts';
import { carryingOf, importsOf } from './past/open.ts';
import { makePictures } from './pictures/index.ts';
import { openOrRenew, openSound } from './sqlite/sound.ts';
import { makeKeeper, type Keeper } from './views/keeper.ts';
import { makeViewsLog } from './views/log.ts';
import { makeViews, type Views } from './views/views.ts';
import { viewMigrations } from './views/schema.ts';
import { makeJournal, type Journal } from './journal.ts';
import { machineClocks, makeSteadyClock, type MachineClocks } from './clock/steady.ts';
import { writeFormat } from './upgrade/format.ts';
import { heedHeld } from './upgrade/back.ts';
import { forget as forgetBefore, upgradeFolder, type OnFile } from './upgrade/upgrade.ts';
import { VERSION } from './version.ts';
import { bannerLines } from './cli/banner.ts';

/** How many characters a post may have, where the house says nothing else. */
const POST_LIMIT = 500, SWEEP_MS = 60_000;

/** Hears of what went wrong inside, where nobody asked; never of bodies. */
export type OnError = (error: unknown) => void;

/**
 * Opens a data folder as a house without doors: locked, migrated, leftovers reaped, views catching up behind.
 * `others` may be told for tests. `close` lets what is under way end. Refuses `folder_taken`, `bad_data_folder`, `bad_secrets`, `newer_data`, `upgrade_failed`.
 */
export async function openHouse(config: Pick<Config, 'data'> & Partial<Config>, onError: OnError, now: () => number = Date.now, others: Pick<StartOptions, 'contracts' | 'fetchPage' | 'fetchDocument' | 'onUpgrade' | 'again' | 'passphrases'> = {}) {
  openDataFolder(config.data);
  const lock = lockFolder(config.data);
  try {
    const back = adoptWaiting(makeNodeSuite(), config.data, onError);
    heedHeld(config.data, others.again === true);
    const trial = upgradeFolder(config.data, now(), others.onUpgrade);
    const house = await openParts(config, lock, { onError, now, ...others }).catch((error: unknown) => { throw trial ? trial.failed(error) : error; });
    trial?.passed();
    writeFormat(config.data);
    if (back) tellBack(house, back);
    return house;
  } catch (error) { lock.release(); throw error; }
}

/** `contracts`: others than those of the built-in services, which must be among them. */
interface Around extends Pick<StartOptions, 'contracts' | 'fetchPage' | 'fetchDocument' | 'passphrases'> { onError: OnError; now: () => number }

async function openParts(config: Pick<Config, 'data'> & Partial<Config>, lock: FolderLock, { onError, now, contracts, passphrases, fetchPage = makeFetchPage(), fetchDocument = makeFetchDocument() }: Around) {
  const suite = makeNodeSuite();
  const secrets = openSecrets(config.data, suite);
  const houseDb = openSound(join(config.data, 'house.db'), { durability: 'full' });
  const firewall = makeFirewall({
    folder: config.data, suite, house: secrets.persona, now, onError, look: lock.crashed,
    cursorKey: cursorKeyOf(secrets.house), blobBytes: () => household.settings.get('blobBytes') ?? BLOB_BUDGET, ...(contracts && { contracts }),
    seedOf: (salt) => podDeviceSeed(secrets.house, salt), pseudonyms: pseudonymsOf(() => household), joining: joiningOf(fetchDocument, () => ({ household, jobs })),
    received: (service, collection) => receivers.get(`${service}/${collection}`) ?? null,
    residents: {
      podOf: (persona) => household.personOf(persona)?.pod ?? null,
      saltOf: (persona) => household.personOf(persona)?.keySalt ?? null,
    },
    order: { hidesNothing: () => household.order.hidesNothing(), shown: (...post) => household.order.shown(...post), checkMayPublish: (persona) => household.order.checkMayPublish(persona) },
  });
  const household: Household = makeHousehold({
    db: houseDb, suite, secrets, clock: now, capacity: CAPACITY, ...(passphrases && { passphrases }), admission: { admit: firewall.admit, evict: (pod) => firewall.evict(pod) },
    keys: firewall.identity, noteGuess: firewall.log.noteGuess,
    pods: { ...firewall.care, contentOf: (caller, about) => readForReport({ show: microblog.show, profile: people.profile }, caller, about), forget: (pod) => keeper.forget(pod) },
  });
  const jobs = makeJobs({ db: houseDb, suite, now, onError }), backups = makeBackups({ data: config.data, suite, secrets, household, jobs, now, stand: firewall.stand, program: VERSION });
  const housemates = housematesOf(household);
  const { views, keeper } = openViews(config, { firewall, household, lock, onError, now });
  const postLimit = () => household.settings.get('postLimit') ?? POST_LIMIT;
  const services = makeServices({ limit: postLimit, labelOf: household.labelOf, firewall, suite, housemates, views, keeper, onError, now, fetchPage, wake: (persona) => wake(persona) });
  const { people, microblog } = services;
  const receivers = receiversOf(services);
  const pictures = makePictures({ blobs: firewall.gate.blobs, folder: join(config.data, 'incoming') });
  const outbox = makeOutbox({
    store: firewall.outbox, now, onError,
    receivers,
    onRefused: ({ author, target, effect: { service, key } }, { code }) => (service === 'people' ? people.turned({ author, target, key, code }) : Promise.resolve()),
  });
  const wake = (persona: string) => { const pod = household.personOf(persona)?.pod; if (pod !== undefined) outbox.wake(pod); };
  connect({ firewall, household, views, wake, microblog, onError });
  await household.reap();
  knownPods(config.data, household);
  lock.doubt(false);
  const caughtUp = Promise.all([catchUp({ keeper, household, outbox, firewall, microblog, onError }).catch(onError), leaveOn(household, firewall).catch(onError)]);
  services.later.due.start();
  const tidying = keepTidy({ firewall, household, keeper, backups, onError, forget: () => { forgetBefore(config.data, now()); forgetAside(config.data, now()); } });
  return {
    config, lock, suite, secrets, household, jobs, backups, housemates, firewall, gate: firewall.gate, joining: firewall.joining, records: firewall.records, signers: firewall.signers, joinedBy: firewall.joinedBy, identity: { known: firewall.identity.known, house: secrets.keyLog }, views: keeper, ...services, pictures, outbox, postLimit, exportOf: firewall.exportOf, now,
    close: async () => {
      backups.close();
      await Promise.all([jobs.close(), tidying.end()]);
      await services.later.due.close();
      pictures.close();
      await caughtUp;
      await outbox.close();
      // What was asked to be written is on disk, and a turn later told to whoever listens.
      await firewall.idle();
      await new Promise(setImmediate);
      keeper.close();
      firewall.close();
      houseDb.close();
      lock.release();
    },
  };
}

/** Asked of the household each time, since it comes after the firewall. */
const pseudonymsOf = (household: () => Household): Pseudonyms => ({
  podOf: (persona) => household().pseudonyms.podOf(persona), saltOf: (persona) => household().pseudonyms.saltOf(persona), ownerOf: (persona) => household().pseudonyms.ownerOf(persona),
  of: (owner, service) => household().pseudonyms.of(owner, service), isLeaving: (persona, service) => household().pseudonyms.isLeaving(persona, service), reserve: (pseudonym) => household().pseudonyms.reserve(pseudonym),
  settle: (persona) => household().pseudonyms.settle(persona), drop: (persona) => household().pseudonyms.drop(persona),
});

const joiningOf = (fetchContract: FetchDocument, of: () => { household: Household; jobs: Pick<Jobs, 'start'> }): JoiningPorts => ({
  fetchContract, get shelf() { return of().household.shelf; }, get departures() { return of().household.pseudonyms.departures; }, unsettled: () => of().household.pseudonyms.unsettled(), start: (...job) => of().jobs.start(...job),
});

/** Who takes an offer of `service/collection` into its owner's pod. */
function receiversOf({ people, microblog }: Pick<ReturnType<typeof makeServices>, 'people' | 'microblog'>): Map<string, Receive> {
  return new Map<string, Receive>([
    ['people/followers', (author, proved) => people.takeFollower(asOwner(author), proved)],
    ['people/requests', (author, proved) => people.takeRequest(asOwner(author), proved)],
    ['people/accepted', (author, proved) => people.takeAcceptance(asOwner(author), proved)],
    ['microblog/reactions', (author, proved) => microblog.acceptReaction(asOwner(author), proved)],
    ['microblog/ballots', (author, proved) => microblog.acceptBallot(asOwner(author), proved)],
    ['microblog/replies', (author, proved) => microblog.acceptReply(asOwner(author), proved)],
    ['microblog/moves', (author, proved) => microblog.acceptMove(asOwner(author), proved)],
  ]);
}

interface CatchUp { keeper: Keeper; household: Household; outbox: Outbox; firewall: Firewall; microblog: Pick<Microblog, 'tidy'>; onError: OnError }

/** Whoever was on the way out of a service when the house stopped is let out now. */
async function leaveOn({ pseudonyms }: Household, { joining }: Firewall): Promise<void> {
  if (pseudonyms.departures.all().length + pseudonyms.unsettled().length > 0) await (await joining()).resume();
}

/** What was opened for catching up alone rests at once; what anybody uses meanwhile does not. */
async function catchUp({ keeper, household, outbox, firewall, microblog, onError }: CatchUp): Promise<void> {
  await keeper.catchUp();
  for (const { pod } of household.people()) outbox.wake(pod);
  for (const { persona } of household.people()) await microblog.tidy(persona).catch(onError);
  await outbox.idle();
  await firewall.rest();
  await firewall.rest();
}

/** Every minute: what has had its time goes, what nobody uses rests. */
function keepTidy({ firewall, household, keeper, backups, onError, forget }: { firewall: Firewall; household: Household; keeper: Keeper; backups: Pick<Backups, 'busy'>; onError: OnError; forget(): void }): { end(): Promise<void> } {
  const tidy = async () => {
    firewall.log.sweep();
    await firewall.identity.settle();
    await household.sweep(!backups.busy);
    await firewall.settle();
    await firewall.sweepBlobs(household.people().map(({ pod }) => pod));
    await firewall.rest();
    await keeper.ask(({ news }) => { news.passTime(); });
    forget();
  };
  let tidied = tidy().catch(onError);
  const sweeper = setInterval(() => { tidied = tidied.then(tidy).catch(onError); }, SWEEP_MS).unref();
  return { end: async () => { clearInterval(sweeper); await tidied; } };
}

const asOwner = (persona: string) => ({ kind: 'owner' as const, persona });

// A house.db that was emptied would look like a house that nobody has founded yet.
function knownPods(data: string, household: Household): void {
  if (household.count() > 0 || !readdirSync(join(data, 'pods')).some((name) => name.endsWith('.db'))) return;
  throw new Refusal('unavailable', 'file_damaged', `${join(data, 'house.db')} knows nobody, and yet there are pods. Keep a copy of the data folder as it is, then put house.db back from a backup.`);
}

interface ViewDeps { firewall: Firewall; household: Household; lock: FolderLock; onError: OnError; now: () => number }

function openViews(config: Pick<Config, 'data'>, { firewall, household, lock, onError, now }: ViewDeps): { views: Views; keeper: Keeper } {
  const { gate, relations, feed } = firewall;
  const path = join(config.data, 'views.db');
  let erased = (): void => {};
  const { db, views } = openOrRenew(path, { durability: 'normal' }, {
    look: lock.crashed,
    begin: (file) => {
      file.exec('PRAGMA secure_delete=ON');
      migrate(file, viewMigrations);
      return { db: file, views: makeViews(file, {
        mayRead: (reader, lane) => gate.mayReadLane(reader === null ? ANYONE : { kind: 'owner', persona: reader }, lane.persona, 'microblog', 'posts', lane.audience),
        follows: (reader, persona) => relations.between(reader, persona).includes('follow'),
        apart: relations.apart, now,
        isHidden: (reader, persona, key) => household.order.shown(reader, persona, key) === 'no',
        // Whoever is suspended is out of everybody's timelines and news meanwhile.
        mutedUntil: (reader, persona) => Math.max(relations.mutedUntil(reader, persona), reader === persona ? 0 : quietUntil(household, persona)),
      }, () => erased()) };
    },
    renewed: (cause) => onError(new Refusal('unavailable', 'views_renewed', 'The views were damaged and are made anew from the pods. Nothing needs to be done.', { cause })),
  });
  const keeper = makeKeeper({
    db, feed, views, onError, onDamage: () => lock.doubt(true),
    source: { pods: () => household.people().map(({ pod }) => pod), podOf: (persona) => household.personOf(persona)?.pod ?? null, last: firewall.last, replay: firewall.replay },
  });
  const log = makeViewsLog({ db, path, onError });
  erased = log.erased;
  return { views, keeper: { ...keeper, close: () => { log.close(); keeper.close(); } } };
}

function quietUntil({ care }: Household, persona: string): number {
  const standing = care.standings.of(persona);
  return standing === null ? 0 : standing.leaving ? Infinity : standing.until;
}

interface ServiceDeps {
  /** How many characters a post may have now. */
  limit(): number;
  labelOf: Household['labelOf'];
  firewall: Firewall; suite: Suite; housemates: Housemates; views: Views; keeper: Keeper; onError: OnError; now: () => number; fetchPage: FetchPage;
  /** Something may wait in this person's outbox. */
  wake(persona: string): void;
}

function makeServices({ limit, labelOf, firewall: { gate, relations, feed, log, titleOf }, suite, housemates, views, keeper, onError, now, fetchPage, wake }: ServiceDeps) {
  const personOf = makePersonOf(gate, housemates, relations, feed);
  const people = makePeople({ gate, feed, suite, housemates, relations, now, personOf, fetchPage, onUnblocked: wake });
  const microblog = makeMicroblog({ gate, views: keeper, feed, suite, now, limit, housemates, apart: relations.apart, petnameOf: (owner, other) => relations.knownAs(owner, other)?.petname, personOf, onError });
  const news = makeNews({ gate, views: keeper, feed, show: microblog.show, personOf, onNews: views.news.listen, onError });
  const accessLog = makeLog({ log, personOf, labelOf, titleOf });
  const later = makeLater({ gate, views: keeper, feed, suite, now, limit, postAll: microblog.postAll, onError });
  return { people, microblog, news, later, accessLog };
}

/** What changes in pods and concerns the rest of the house. */
function connect({ firewall: { feed, onIdentity }, household, views, wake, microblog, onError }: Pick<ServiceDeps, 'firewall' | 'views' | 'wake' | 'onError'> & { household: Household; microblog: Pick<Microblog, 'retell'> }): void {
  onIdentity((persona) => { household.keys.heard(persona); wake(persona); });
  household.listen((event) => {
    if (event.type === 'standing') views.dropReaders();
    if (event.type === 'hidden') void microblog.retell(event).catch(onError);
  });
  feed.listen('people', ({ persona, collection, body }) => {
    if (collection === 'profile') {
      if (body !== null && household.personOf(persona)) household.rename(persona, (JSON.parse(body) as { name: string }).name);
      return;
    }
    if (collection === 'links' || collection === 'followers') views.dropReaders();
    wake(persona);
  });
  feed.listen('microblog', ({ persona, collection, op, audience, body }) => {
    // What may have left something for others: likes, boosts, votes, quotes, replies for few and what removes them.
    if (['likes', 'boosts', 'votes'].includes(collection) || (collection === 'posts' && (op === 'remove' || audience === 'only-me' || body?.includes('"quote":{'))) || (collection === 'replies' && op === 'remove')) wake(persona);
  });
}

/** An open house, all its parts. */
export type OpenHouse = Awaited<ReturnType<typeof openHouse>>;

const DIST = join(import.meta.dirname, '../../web/dist');

const onStderr = (): Journal => makeJournal((line) => { process.stderr.write(line); });

/** How a house is started: `lan` lets the network in and is remembered; `announce` hears the banner anew when addresses change. */
export interface StartOptions {
  lan?: boolean;
  announce?(lines: string[]): void;
  /** Lets anybody look around who wants to, where the house is a made-up one. */
  guests?: boolean;
  /** Other rates than those of a house for people; benchmarks and tests of every route use them. */
  limits?: Partial<Record<LimitClass, Limit>>;
  /** Contracts instead of those of the built-in services, which must be among them; tests of every route use them. */
  contracts?: ReadonlyMap<string, EnforcedContract>;
  /** Another way to the pages of the open internet; tests look nowhere. */
  fetchPage?: FetchPage;
  /** Another way to the contracts of services. */
  fetchDocument?: FetchDocument;
  /** Hears that another house was restored into the folder: it begins when this one is closed and the folder opened anew. */
  onRestored?(): void;
  /** Hears how many files of an older data folder are brought up to date. */
  onUpgrade?: OnFile;
  /** Hashes that cost less; tests that found a house each. */ passphrases?: Parameters<typeof makeHousehold>[0]['passphrases'];
  /** Takes in an upgrade from which somebody went back. */ again?: boolean;
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

function housematesOf(household: Household): Housemates {
  const named = (mate: Housemate | null): Housemate | null => mate && { persona: mate.persona, handle: mate.handle, joinedAt: mate.joinedAt };
  return {
    handleOf: (persona) => household.personOf(persona)?.handle ?? null,
    find: (who) => named(household.personOf(who) ?? household.byHandle(who)),
    all: () => household.people().map((mate) => ({ persona: mate.persona, handle: mate.handle, joinedAt: mate.joinedAt })),
  };
}
