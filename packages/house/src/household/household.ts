import { makeEars } from '../ears.ts';
import type { OnError } from '../journal.ts';
import { migrate } from '../sqlite/migrate.ts';
import { makeAccess } from './access.ts';
import { makeActivate } from './activate.ts';
import { makeApps } from './apps/index.ts';
import { makeCare } from './care/index.ts';
import { orderOf } from './care/order.ts';
import { newSetupCode } from './codes.ts';
import { makeCreateSession } from './createSession.ts';
import { makeDescribe } from './describe.ts';
import { makeEndInvite } from './endInvite.ts';
import { makeEnter } from './enter.ts';
import { makeFaces } from './faces.ts';
import { makeGates } from './gates.ts';
import { makeGuessing } from './guessing.ts';
import { makeIdentify } from './identity.ts';
import { makeInvite } from './invite.ts';
import { makeInvites } from './invites.ts';
import { makeJoin } from './join.ts';
import { makeKeyVerbs } from './keys/index.ts';
import { makeKit } from './kit.ts';
import { makePasskeyVerbs } from './passkeys/index.ts';
import { makePassphrases, type Passphrases } from './passphrase.ts';
import { makePeople } from './people.ts';
import type { HouseEvent, HouseholdDeps } from './ports.ts';
import { makePlaces } from './places.ts';
import { makePrepare } from './prepare.ts';
import { makePseudonyms } from './pseudonyms.ts';
import { makePreviewInvite } from './previewInvite.ts';
import { makeGiveBack, makeReap } from './reap.ts';
import { makeRenewPass } from './renewPass.ts';
import { checkHandleFree, checkRoom, makeReserve } from './reserve.ts';
import { MIGRATIONS } from './schema.ts';
import { makeSessions, type Sessions } from './sessions.ts';
import { makeSettings } from './settings.ts';
import { makeSetup } from './setup.ts';
import { makeShelf } from './shelf.ts';
import { makeTellGuessed } from './tellGuessed.ts';
import { bySession, makeTokens, type Tokens } from './tokens.ts';
import { makeTickets, type Tickets } from './tickets.ts';

/** Everything about who lives here; made by `makeHousehold`. */
export type Household = ReturnType<typeof makeHousehold>;

/**
 * The household over house.db: brings the schema up to date and makes the setup code at first boot.
 * Call `reap()` once before serving, and `sweep()` every minute. `passphrases` is replaced by tests alone.
 */
export function makeHousehold(deps: HouseholdDeps & { passphrases?: Passphrases; onError: OnError }) {
  const { db, suite, secrets, clock, capacity, keys, noteGuess, passphrases = makePassphrases(), onError } = deps;
  migrate(db, MIGRATIONS);
  const { listen, tell } = makeEars<[event: HouseEvent]>(onError);
  const settings = makeSettings(db);
  const people = makePeople({ db, clock });
  const changed = (): void => { people.changed(); tell({ type: 'house' }); };
  if (settings.get('setupCode') === null && people.count() === 0) settings.set('setupCode', newSetupCode(suite));

  const guessing = makeGuessing(clock, (kind, whose) => { if (kind === 'handle') tellGuessed(whose); });
  const gates = makeGates({ db, clock, settings, guessing, noteGuess });
  const tickets = makeTickets(deps);
  const sessions = makeSessions({ db, suite, clock, keys, tell });
  const tokens = makeTokens({ db, suite, clock, keys, guessing, tell });
  const apps = makeApps({ db, suite, clock, keys, guessing, tell }), all = both(tokens, apps);
  const { enter, reap } = makeEntering({ ...deps, passphrases, tickets, openSession: sessions.open, changed });
  const invite = makeInvite(deps);
  const seats = db.prepare<{ n: number }>('SELECT count(*) AS n FROM people');
  const shelf = makeShelf(db, clock), care = makeCare({ ...deps, house: secrets.persona, shelf, people, sessions, tokens: all, tell, changed, full: () => seats.get()!.n >= capacity, makeInvite: invite });
  const tellGuessed = makeTellGuessed({ people, notices: care.notices, clock });
  const order = orderOf(() => care), renewPass = makeRenewPass({ db, sessions, tokens: all });
  return {
    /** The house's own persona id. */
    persona: secrets.persona,
    capacity,
    prepare: makePrepare({ gates, tickets, secrets, db, capacity }),
    setup: makeSetup({ gates, settings, enter, noteGuess }),
    join: makeJoin({ gates, enter }),
    createSession: makeCreateSession({ db, passphrases, guessing, sessions, noteGuess }),
    /** Whose session or token this is, or null; `from` is where wrong tokens are counted. Refuses `slow_down`. */
    sessionOf: (token: string, from = '') => (tokens.is(token) ? tokens.of(token, from) : apps.is(token) ? apps.of(token, from) : sessions.of(token)),
    tokens: bySession(tokens, sessions), apps, labelOf: (persona: string, id: string) => tokens.labelOf(persona, id) || apps.labelOf(persona, id),
    passkeys: makePasskeyVerbs({ db, suite, clock, noteGuess, settings, sessions }),
    keys: makeKeyVerbs({ db, suite, secrets, clock, keys, guessing, sessions, tokens: all, renewPass, people, passphrases, noteGuess, tell, onError }),
    access: makeAccess({ ...deps, people, settings, guessing, sessions, passphrases, renewPass, notices: care.notices }),
    /** Opens a session without a proof, for whom the house itself lets in. */
    openSession: (persona: string, label: string) => sessions.open(persona, label),
    sessions: sessions.list, endSession: sessions.end,
    /** Makes an invite. Refuses `suspended`, `expelled`, and what `invite` refuses. */
    invite: (...input: Parameters<typeof invite>) => { order.checkMayPublish(input[0]); return invite(...input); },
    invites: makeInvites(deps),
    endInvite: makeEndInvite(deps),
    previewInvite: makePreviewInvite({ gates, personOf: people.of }),
    people: people.all, count: people.count, personOf: people.of, byHandle: people.byHandle,
    /** Keeps the front-door name in step with the profile. */
    rename: (persona: string, name: string) => { people.rename(persona, name); tell({ type: 'house' }); },
    faces: makeFaces(db), pseudonyms: makePseudonyms(db, people, apps.forget), shelf, places: makePlaces({ db, suite, secret: secrets.house, clock }),
    settings,
    describe: makeDescribe({ db, settings, changed }),
    /** The one-time code, or null once the house was founded; and whether somebody knows it (refuses `already_founded`, `code_wrong`, `slow_down`). */
    setupCode: () => settings.get('setupCode'), checkSetupCode: gates.setup,
    kit: makeKit(secrets),
    reap,
    care,
    order,
    sweep: async (mayDepart = true) => { sessions.sweep(); tokens.sweep(); apps.sweep(); care.reports.sweep(); await reap(); if (mayDepart) await care.depart(); },
    /** Hears of changes to the house and of sessions that end; answers how to stop. */
    listen,
  };
}

type Ending = Pick<Tokens, 'endAll' | 'endRevoked'>;

/** What ends for tokens ends for apps. */
const both = (...all: readonly Ending[]): Ending => ({
  endAll: (persona) => { for (const one of all) one.endAll(persona); },
  endRevoked: (persona) => { for (const one of all) one.endRevoked(persona); },
});

type Entering = HouseholdDeps & { passphrases: Passphrases; tickets: Tickets; openSession: Sessions['open']; changed(): void };

/** How somebody comes in, by whichever gate, and what a crash in between leaves. */
function makeEntering({ db, suite, secrets, clock, capacity, admission, passphrases, tickets, openSession, changed }: Entering) {
  const busy = new Set<string>();
  const giveBack = makeGiveBack({ db, admission });
  const activate = makeActivate({ db, clock });
  const enter = makeEnter({
    identify: makeIdentify({ suite, secrets, tickets }), passphrases, free: checkHandleFree(db), room: checkRoom(db, capacity),
    reserve: makeReserve({ db, suite, clock, capacity }), giveBack, admission, tickets, openSession, busy,
    activate: (pod, also) => { activate(pod, also); changed(); },
  });
  return { enter, reap: makeReap({ db, giveBack, busy }) };
}
