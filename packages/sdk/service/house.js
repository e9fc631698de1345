/* Speaks with the house of whoever is here: signs in there (OAuth 2.1 with PKCE), then reads and writes their pod. */

const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
/** 32 random bytes as text. */
export const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const here = `${location.origin}/`;

const kept = (name) => JSON.parse(sessionStorage.getItem(name) ?? 'null');
const keep = (name, value) => sessionStorage.setItem(name, JSON.stringify(value));

/** Goes to the house to be let in. */
export async function goIn(house, service, scope) {
  const going = { house: new URL(house).origin, service, verifier: random(), state: random(), back: location.hash };
  keep('going', going);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(going.verifier)));
  location.assign(`${going.house}/authorize?${new URLSearchParams({
    response_type: 'code', client_id: service, redirect_uri: here, scope, state: going.state, code_challenge: base64url(digest), code_challenge_method: 'S256',
  })}`);
}

async function token(house, form) {
  const answer = await fetch(`${house}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.error_description ?? 'Your house did not let Potluck in.');
  return said;
}

/** Whoever comes back from their house, or was here before in this window; null for nobody. Throws with a sentence. */
export async function whoIsHere() {
  const query = new URLSearchParams(location.search);
  const going = kept('going');
  if (query.has('state') && going) {
    sessionStorage.removeItem('going');
    history.replaceState(null, '', `/${going.back}`);
    if (query.get('state') !== going.state) throw new Error('This answer belongs to another visit. Come in again.');
    if (query.get('error')) throw new Error('You did not let Potluck in. Nothing was read or written.');
    const said = await token(going.house, { grant_type: 'authorization_code', code: query.get('code'), client_id: going.service, redirect_uri: here, code_verifier: going.verifier });
    keep('here', { house: going.house, service: going.service, persona: said.persona, access: said.access_token, refresh: said.refresh_token });
  }
  const found = kept('here');
  return found === null ? null : makeHouse(found);
}

function makeHouse(me) {
  const ask = async (path, body, again = true) => {
    const answer = await fetch(`${me.house}${path}`, {
      method: body === undefined ? 'GET' : 'POST', ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: { authorization: `Bearer ${me.access}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    });
    if (answer.status === 401 && again) {
      const said = await token(me.house, { grant_type: 'refresh_token', refresh_token: me.refresh, client_id: me.service });
      Object.assign(me, { access: said.access_token, refresh: said.refresh_token });
      keep('here', me);
      return ask(path, body, false);
    }
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw Object.assign(new Error(said.detail ?? 'Your house did not answer.'), { status: answer.status });
    return said;
  };
  const at = (persona, collection, verb) => `/pods/${encodeURIComponent(persona)}/${me.service}/${collection}/${encodeURIComponent(verb)}`;
  return {
    persona: me.persona, house: me.house,
    /** Records of a collection; of one's own pod unless told otherwise. */
    query: async (collection, query = {}, persona = me.persona) => (await ask(at(persona, collection, 'query'), query)).items,
    get: (collection, key, persona = me.persona) => ask(at(persona, collection, key)),
    put: (collection, item, persona = me.persona) => ask(at(persona, collection, 'put'), { items: [item] }),
    remove: (collection, where) => ask(at(me.persona, collection, 'remove'), { where }),
    leave: async () => {
      sessionStorage.clear();
      await fetch(`${me.house}/oauth/revoke`, { method: 'POST', body: new URLSearchParams({ token: me.refresh, client_id: me.service }) });
    },
  };
}
