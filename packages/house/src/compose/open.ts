import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '@commonhold/core';
import { makeBackups } from '../backup/backups.ts';
import { forgetAside } from '../backup/one-pod.ts';
import { adoptWaiting, tellBack } from '../backup/restores.ts';
import { CAPACITY, type Config } from '../config/config.ts';
import { openDataFolder } from '../config/folder.ts';
import { openSecrets } from '../config/secrets.ts';
import { makeNodeSuite } from '../crypto/node-suite.ts';
import { makeFetchDocument, type FetchDocument } from '../fetch/document.ts';
import { makeFetchPage, type FetchPage } from '../fetch/page.ts';
import type { EnforcedContract } from '../firewall/contracts.ts';
import { BLOB_BUDGET, makeFirewall } from '../firewall/index.ts';
import { cursorKeyOf } from '../firewall/verbs/cursor.ts';
import { lockFolder, type FolderLock } from '../folder/lock.ts';
import { readForReport } from '../household/care/content.ts';
import { makeHousehold, type Household } from '../household/household.ts';
import { podDeviceSeed } from '../household/podDevice.ts';
import { makeJobs } from '../jobs/jobs.ts';
import type { OnError } from '../journal.ts';
import { makeOutbox } from '../outbox/outbox.ts';
import { makePictures } from '../pictures/index.ts';
import { openSound } from '../sqlite/sound.ts';
import { heedHeld } from '../upgrade/back.ts';
import { writeFormat } from '../upgrade/format.ts';
import { forget as forgetBefore, upgradeFolder, type OnFile } from '../upgrade/upgrade.ts';
import { VERSION } from '../version.ts';
import { connect } from './connect.ts';
import { housematesOf, joiningOf, pseudonymsOf } from './ports.ts';
import { makeServices, receiversOf } from './services.ts';
import { catchUp, keepTidy, leaveOn } from './tend.ts';
import { openViews } from './views.ts';

/** How many characters a post may have, where the house says nothing else. */
const POST_LIMIT = 500;

/** How a house is opened, where not as usual. */
export interface OpenOptions {
  /** Contracts instead of those of the built-in services, which must be among them; tests of every route use them. */
  contracts?: ReadonlyMap<string, EnforcedContract>;
  /** Another way to the pages of the open internet; tests look nowhere. */
  fetchPage?: FetchPage;
  /** Another way to the contracts of services. */
  fetchDocument?: FetchDocument;
  /** Hears how many files of an older data folder are brought up to date. */
  onUpgrade?: OnFile;
  /** Hashes that cost less; tests that found a house each. */
  passphrases?: Parameters<typeof makeHousehold>[0]['passphrases'];
  /** Takes in an upgrade from which somebody went back. */
  again?: boolean;
}

/**
 * Opens a data folder as a house without doors: locked, migrated, leftovers reaped, views catching up behind.
 * `others` may be told for tests. `close` lets what is under way end. Refuses `folder_taken`, `bad_data_folder`, `bad_secrets`, `newer_data`, `upgrade_failed`.
 */
export async function openHouse(config: Pick<Config, 'data'> & Partial<Config>, onError: OnError, now: () => number = Date.now, others: OpenOptions = {}) {
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

interface Around extends Omit<OpenOptions, 'onUpgrade' | 'again'> { onError: OnError; now: () => number }

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
    db: houseDb, suite, secrets, clock: now, capacity: CAPACITY, onError, ...(passphrases && { passphrases }), admission: { admit: firewall.admit, evict: (pod) => firewall.evict(pod) },
    keys: firewall.identity, noteGuess: firewall.log.noteGuess,
    pods: { ...firewall.care, contentOf: (...asked) => readForReport({ show: microblog.show, profile: people.profile, service: async (...of) => (await firewall.joining()).asKnownTo(...of), done: firewall.log.doneBy }, ...asked), forget: (pod) => keeper.forget(pod) },
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

// A house.db that was emptied would look like a house that nobody has founded yet.
function knownPods(data: string, household: Household): void {
  if (household.count() > 0 || !readdirSync(join(data, 'pods')).some((name) => name.endsWith('.db'))) return;
  throw new Refusal('unavailable', 'file_damaged', `${join(data, 'house.db')} knows nobody, and yet there are pods. Keep a copy of the data folder as it is, then put house.db back from a backup.`);
}

/** An open house, all its parts. */
export type OpenHouse = Awaited<ReturnType<typeof openHouse>>;
