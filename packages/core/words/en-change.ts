import { and, audiences, columns, digits, field, keeps, many, MARKS, one, span, upper, whole } from './en-parts.ts';
import type { ChangeParts, CollectionParts, Tally } from './glossary.ts';
import { plain, quoted } from './names.ts';

const KINDS: { readonly [kind in CollectionParts['kind']]: (of: CollectionParts) => string } = {
  single: (of) => `There is one ${one(of)}, signed by you.`,
  list: (of) => `There are many ${many(of)}, signed by you.`,
  links: (of) => `Your ${many(of)} say how you are linked to people.`,
  cache: (of) => `${upper(many(of))} are copies of what other people hold, for a while.`,
  local: (of) => `${upper(whole(of))} ${of.kind === 'single' ? 'stays' : 'stay'} on your own pod, unsigned.`,
};

type About = { readonly [kind in ChangeParts['kind']]: (parts: ChangeParts, of: CollectionParts) => string };
const text = (said: ChangeParts['said']): string | null => typeof said === 'string' ? said : null;
const texts = (said: ChangeParts['said']): readonly string[] => Array.isArray(said) ? said : [];
const mine = (texts: readonly string[]): string => and.format(texts.map((one) => quoted(one, MARKS)));

const ABOUT: About = {
  title: ({ said }) => `It is called ${quoted(text(said)!, MARKS)}.`,
  publisher: ({ said }) => `It is made by ${quoted(text(said)!, MARKS)}.`,
  purpose: ({ said }) => `They say what it is for: ${quoted(text(said)!, MARKS)}`,
  key: ({ said }) => said === null ? 'It has no key, and calls nobody.' : `Its key is ${text(said)}.`,
  website: ({ said }) => said === null ? 'It names no website.' : `Its website is ${text(said)}.`,
  support: ({ said }) => said === null ? 'It names nobody to turn to.' : `For help, it names ${text(said)}.`,
  endpoint: ({ said }) => said === null ? 'It names no address of its own.' : `It is reached at ${text(said)}.`,
  origins: ({ said }) => texts(said).length === 0 ? 'It has no apps in browsers.' : `Its apps live at ${and.format(texts(said))}.`,
  bundle: ({ name, said }) => `Apps that you let into ${quoted(plain(name!), MARKS)} reach ${texts(said).length === 0 ? 'nothing' : mine(texts(said).map(plain))}.`,
  collection: (_, of) => keeps(of),
  kind: (_, of) => KINDS[of.kind](of),
  label: (_, of) => of.label ? `They call one of them ${quoted(of.label.one, MARKS)}, and many of them ${quoted(of.label.many, MARKS)}.` : `They have no name of their own for ${whole(of)}.`,
  cluster: (_, of) => of.cluster === null ? `${upper(whole(of))}: listed on their own.` : `${upper(whole(of))}: listed under ${quoted(of.cluster, MARKS)}.`,
  audiences: (_, of) => audiences(of),
  count: (_, of) => `It keeps up to ${digits.format(of.count)} of ${whole(of)}.`,
  itemBytes: (_, of) => `Each ${one(of)} takes up to ${digits.format(of.itemBytes)} bytes.`,
  retention: (_, of) => of.retention === null ? `${upper(whole(of))}: kept until you remove ${of.kind === 'single' ? 'it' : 'them'}.` : `${upper(whole(of))}: kept for ${span(of.retention)}.`,
  counts: (_, of) => of.counts.length === 0 ? `${upper(whole(of))}: not counted by anything.` : `${upper(whole(of))}: counted by ${columns(of.counts, of)}.`,
  field: ({ name, said }, of) => said === 'other' ? `What ${field(name!, of)} of each ${one(of)} may hold is another thing than before.` : `Each ${one(of)} may hold ${field(name!, of)}.`,
};

/** One side of a change, in a sentence. */
export const enChange = (parts: ChangeParts): string => ABOUT[parts.kind](parts, parts.collection!);

const things = (n: number): string => n === 1 ? '1 thing' : `${digits.format(n)} things`;

/** A diff in one sentence. */
export function enTally({ wider, narrower, changed, same }: Tally): string {
  const said = [
    ...(wider ? [`${things(wider)} ${wider === 1 ? 'gets' : 'get'} wider`] : []), ...(narrower ? [`${things(narrower)} ${narrower === 1 ? 'gets' : 'get'} narrower`] : []),
    ...(changed ? [`${things(changed)} ${changed === 1 ? 'changes' : 'change'} in other ways`] : []), ...(same ? [`${things(same)} ${same === 1 ? 'stays as it is' : 'stay as they are'}`] : []),
  ];
  return said.length === 0 ? 'Nothing changes.' : `${upper(and.format(said))}.`;
}
