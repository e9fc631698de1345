/* Speaks with the house of whoever is here: signs in there (OAuth 2.1 with PKCE), then reads and writes their pod. It has no words: what fails has a code. */

const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
/** 32 random bytes as text. */
export const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
/** A no, by its code. `detail`: the sentence of whoever said it, in their language. */
export const failure = (code, { status = 0, detail = '' } = {}) => Object.assign(new Error(detail || code), { code, status, detail });

const here = `${location.origin}/`;
const read = (store, name) => JSON.parse(store.getItem(name) ?? 'null');
// On the way to the house each window has its own; who is here is the same for all windows, and so is the token that may be shown once.
const onTheWay = () => read(sessionStorage, 'going');
const whoIs = () => read(localStorage, 'here');

/** Goes to the house to be let in; comes back to `back`, the part of the address after `#`. */
export async function goIn(house, { service, scope, back = location.hash }) {
  const going = { house: new URL(house).origin, service, verifier: random(), state: random(), back };
  sessionStorage.setItem('going', JSON.stringify(going));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(going.verifier)));
  location.assign(`${going.house}/authorize?${new URLSearchParams({
    response_type: 'code', client_id: service, redirect_uri: here, scope, state: going.state, code_challenge: base64url(digest), code_challenge_method: 'S256',
  })}`);
}

const sent = (url, how) => fetch(url, how).catch(() => { throw failure('unreachable'); });

async function tokenFrom(house, form) {
  const answer = await sent(`${house}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw failure(answer.status < 500 ? 'not_let_in' : 'unreachable', { status: answer.status });
  return said;
}

const keepMe = (me) => { localStorage.setItem('here', JSON.stringify(me)); return me; };
const keep = ({ house, service, persona, version = null }, { access_token: access, refresh_token: refresh }) => keepMe({ house, service, persona, version, access, refresh });

/** Whoever comes back from their house, or was here before; null for nobody. Throws `other_visit`, `you_said_no`, `not_let_in`, `unreachable`. */
export async function whoIsHere() {
  const query = new URLSearchParams(location.search);
  const going = onTheWay();
  if (query.has('state') && going) {
    sessionStorage.removeItem('going');
    history.replaceState(null, '', `/${going.back}`);
    if (query.get('state') !== going.state) throw failure('other_visit');
    if (query.get('error')) throw failure('you_said_no');
    const said = await tokenFrom(going.house, { grant_type: 'authorization_code', code: query.get('code'), client_id: going.service, redirect_uri: here, code_verifier: going.verifier });
    return makeHouse(keep({ ...going, persona: said.persona }, said));
  }
  const found = whoIs();
  return found === null ? null : makeHouse(found);
}

/** A fresh token, once for all who wait for it: a refresh token that is shown twice was stolen, for the house. Throws `let_go`. */
const refreshed = (used) => navigator.locks.request('here', async () => {
  const me = whoIs();
  if (me === null) throw failure('let_go');
  if (me.access !== used) return me;
  try {
    return keep(me, await tokenFrom(me.house, { grant_type: 'refresh_token', refresh_token: me.refresh, client_id: me.service }));
  } catch (error) {
    if (error.code !== 'not_let_in') throw error;
    localStorage.removeItem('here');
    throw failure('let_go');
  }
});

const call = ({ house, access }, path, body) => sent(`${house}${path}`, {
  method: body === undefined ? 'GET' : 'POST', ...(body !== undefined && { body: JSON.stringify(body), keepalive: true }),
  headers: { authorization: `Bearer ${access}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
});

function makeHouse({ house, service, persona: self }) {
  const ask = async (path, body) => {
    const me = whoIs();
    // Somebody else came in by another window, or went out there.
    if (me === null || me.persona !== self) throw failure('let_go');
    let answer = await call(me, path, body);
    if (answer.status === 401) answer = await call(await refreshed(me.access), path, body);
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw failure(said.code ?? 'unreachable', { status: answer.status, detail: said.detail });
    return said;
  };
  const at = (persona, collection, verb) => `/pods/${encodeURIComponent(persona)}/${service}/${collection}/${encodeURIComponent(verb)}`;
  return {
    persona: self, house,
    /** Where the house shows what this service reads, and how it is bound. */
    page: `${house}/services/${self}/${service}`,
    /** Records of a collection; of one's own pod unless told otherwise. */
    query: async (collection, query = {}, persona = self) => (await ask(at(persona, collection, 'query'), query)).items,
    get: (collection, key, persona = self) => ask(at(persona, collection, key)),
    count: async (collection, query = {}, persona = self) => (await ask(at(persona, collection, 'count'), query)),
    put: (collection, item, persona = self) => ask(at(persona, collection, 'put'), { items: [item] }),
    patch: (collection, where, set) => ask(at(self, collection, 'patch'), { where, set }),
    remove: (collection, where, persona = self) => ask(at(persona, collection, 'remove'), { where }),
    /** The version of the contract that one held to when one came in: a later one may have more, to which the house has not let this page. */
    cameWith: (now) => {
      const me = whoIs();
      return me?.version ?? (me && keepMe({ ...me, version: now }), now);
    },
    leave: async () => {
      const me = whoIs();
      localStorage.removeItem('here');
      if (me) await fetch(`${house}/oauth/revoke`, { method: 'POST', body: new URLSearchParams({ token: me.refresh, client_id: service }) }).catch(() => {});
    },
  };
}
