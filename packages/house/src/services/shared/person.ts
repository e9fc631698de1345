import { personaOf, type Caller } from '../../firewall/caller.ts';
import type { Feed } from '../../firewall/feed.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Housemates } from './housemates.ts';

/**
 * A person as a line of a page names them. `petname`: what the reader calls them, known to nobody else; `picture`: the blob of the record
 * `people/profile/self` that shows them small.
 */
export interface Person { persona: string; handle: string; name: string; petname?: string; picture?: string }

/** What readers keep of others. */
interface Book { knownAs(owner: string, other: string): { petname?: string } | null }

// Bodies are canonical JSON: a quote inside a text is escaped, and after a profile's own name nothing follows but its picture.
const NAME = /"name":("(?:[^"\\]|\\.)*")(?:,"picture":(\{(?:[^"{}]|"(?:[^"\\]|\\.)*")*\}))?\}$/;
const SMALL = /"small":"([\w-]{43})"/;
const FULL = /"full":"([\w-]{43})"/;

interface Face { name: string | undefined; picture: string | undefined }
const NOBODY: Face = { name: undefined, picture: undefined };

/** Name (as JSON text) and picture in the body of a profile. */
export function faceOf(body: string): Face {
  const [, name, image] = NAME.exec(body) ?? [];
  return { name, picture: image === undefined ? undefined : (SMALL.exec(image) ?? FULL.exec(image))?.[1] };
}

/**
 * Names a person for a caller, as the JSON text of a `Person`: by the profile where the caller may read it, else by the handle alone;
 * what the caller calls them stands beside it, for the caller. A page names most people several times: in one turn of the loop each is
 * read once for a caller, unless something of people changes.
 */
export function makePersonOf(gate: Gate, housemates: Housemates, book: Book, feed: Pick<Feed, 'listen'>): (caller: Caller, persona: string) => string {
  const textOf = nameBy(gate, housemates, book);
  const named = new Map<Caller, Map<string, string>>();
  const forget = () => named.clear();
  feed.listen('people', forget);
  const namedTo = (caller: Caller): Map<string, string> => {
    const had = named.get(caller);
    if (had) return had;
    if (named.size === 0) setImmediate(forget);
    const made = new Map<string, string>();
    named.set(caller, made);
    return made;
  };
  return (caller, persona) => {
    const names = namedTo(caller);
    const had = names.get(persona);
    if (had !== undefined) return had;
    const made = textOf(caller, persona);
    names.set(persona, made);
    return made;
  };
}

function nameBy(gate: Gate, housemates: Housemates, book: Book): (caller: Caller, persona: string) => string {
  // Each profile is taken apart once: the same text comes with every page.
  const faces = new Map<string, { body: string; face: Face }>();
  const known = (persona: string, body: string): Face => {
    const had = faces.get(persona);
    if (had?.body === body) return had.face;
    const face = faceOf(body);
    faces.set(persona, { body, face });
    return face;
  };
  return (caller, persona) => {
    const handle = housemates.handleOf(persona) ?? '';
    const profile = gate.reader(caller, persona, 'people').get('profile', 'self');
    const { name, picture } = profile ? known(persona, profile.body) : NOBODY;
    const me = personaOf(caller);
    const petname = me === null ? undefined : book.knownAs(me, persona)?.petname;
    return `{"persona":"${persona}","handle":"${handle}","name":${name ?? `"${handle}"`}${petname === undefined ? '' : `,"petname":${JSON.stringify(petname)}`}`
      + `${picture === undefined ? '' : `,"picture":"${picture}"`}}`;
  };
}
