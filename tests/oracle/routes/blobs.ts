import { createHash } from 'node:crypto';
import { ALBUM } from '../../../packages/house/src/testing/album.ts';
import { oracle, type PlainContract } from '../oracle.ts';
import type { Random } from '../random.ts';
import { status, type Answer, type Generator } from './ask.ts';
import { anybody, isNotFound } from './reading.ts';
import { factsOf, type Asker, type ModelPage, type World } from './world.ts';

/* Blobs once more, as plainly as can be: a page names texts of ASCII, and the oracle says which of its fields a caller may read. */
const CONTRACT = ALBUM as unknown as PlainContract;

/** The name of some bytes. */
export const nameOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Bytes like many others. */
export const someBytes = (random: Random): string => random.pick(['a', 'b', 'GIF89a', 'fLaC', '<svg>', '%PDF']).repeat(1 + random.below(40));

function namedFor(world: World, asker: Asker, { persona, audience, names }: ModelPage): string[] {
  const row = { audience, own: asker.persona === persona };
  const answer = oracle({ contract: CONTRACT, narrowing: {}, facts: factsOf(world, asker, persona), collection: 'pages', verb: 'read', row });
  return Object.entries(names).filter(([field]) => answer === 'all' || answer.includes(field)).flatMap(([, texts]) => texts);
}

const read: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const page = random.pick(world.pages);
  const own = Object.values(page.names).flat();
  const text = random.once(6) ? random.pick(random.pick(world.pages).all) : random.once(10) ? 'never sent' : random.pick(own);
  const [service, collection] = random.once(12) ? random.pick([['notes', 'lines'], ['album', 'cards'], ['nothing', 'pages'], ['album', '__proto__']]) : ['album', 'pages'];
  const persona = random.once(12) ? anybody(world, random) : page.persona;
  const blob = random.once(20) ? random.pick(['nothing', '__proto__', `${nameOf(text)}A`]) : nameOf(text);
  const [from, to] = [random.below(80), random.below(80)];
  const range = random.pick([undefined, undefined, `bytes=${from}-${to}`, `bytes=${from}-`, `bytes=-${to}`, 'bytes=0-0,2-3', 'lines=1-2']);
  const there = service === 'album' && collection === 'pages' && persona === page.persona && blob === nameOf(text) && namedFor(world, asker, page).includes(text);
  return {
    asker, path: `/pods/${persona}/${service}/${collection}/${page.key}/blobs/${blob}`, ...(range && { headers: { range } }),
    judge: asker.kind === 'impostor' ? status(401) : there ? isPart(text, range) : isNotFound,
  };
};

/** The bytes that a range asks for, by slicing; null for the whole. Nobody gives more than one. */
function sliceOf(text: string, range: string | undefined): string | null {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (from === '') return to === '' ? null : Number(to) === 0 ? '' : text.slice(-Number(to));
  if (to === '') return text.slice(Number(from));
  return Number(to) < Number(from) ? null : text.slice(Number(from), Number(to) + 1);
}

const isPart = (text: string, range: string | undefined) => (answer: Answer): string | null => {
  const part = sliceOf(text, range);
  const bad = status(part === null ? 200 : part === '' ? 416 : 206)(answer);
  return bad ?? (part === '' || answer.text === (part ?? text) ? null : `gives ${answer.text} instead of ${part ?? text}`);
};

const send: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const persona = random.once(4) ? anybody(world, random) : asker.persona ?? anybody(world, random);
  const service = random.once(6) ? random.pick(['notes', 'news', 'microblog', 'nothing', '__proto__']) : 'album';
  const text = random.once(20) ? '' : someBytes(random);
  const judge = (answer: Answer): string | null => {
    const code = (answer.json as { code?: string } | null)?.code;
    if (asker.persona !== persona || ['nothing', '__proto__'].includes(service)) return isNotFound(answer);
    if (service === 'microblog') return status(400)(answer) ?? (code === 'pictures_only' ? null : `says ${String(code)}`);
    if (service !== 'album') return status(400)(answer) ?? (code === 'no_blobs' ? null : `says ${String(code)}`);
    if (text === '') return status(400)(answer) ?? (code === 'blob_empty' ? null : `says ${String(code)}`);
    const { blob, bytes } = answer.json as { blob: string; bytes: number };
    return status(201)(answer) ?? (blob === nameOf(text) && bytes === text.length ? null : `names it ${answer.text}`);
  };
  return { asker, path: `/pods/${persona}/${service}/blobs`, raw: text, judge: asker.kind === 'member' ? judge : status(401) };
};

/** Cases for what is read of blobs. */
export const BLOBS_READING: Record<string, Generator> = { 'GET /pods/{persona}/{service}/{collection}/{key}/blobs/{blob}': read };
/** Cases for what is sent. */
export const BLOBS_WRITING: Record<string, Generator> = { 'POST /pods/{persona}/{service}/blobs': send };
