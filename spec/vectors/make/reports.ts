import { signReport, verifyReport, type JsonObject, type Report, type Signed } from '../../../packages/core/index.ts';
import { codeOf } from './code.ts';
import { headOf, NOON } from './lane.ts';
import { ben } from './offers.ts';
import { ada, HOUSE, idOf, OTHER_HOUSE } from './persona.ts';
import { stateOf } from './record-signed.ts';
import { key, long, seed, short, suite } from './tools.ts';

const content: JsonObject = {
  post: { persona: idOf('ada'), key: short('post A'), at: '0199999999990000', audience: 'house', body: { text: 'Nobody wants you here — go', createdAt: NOON } },
  person: { persona: idOf('ada'), handle: 'ada', name: 'Ada' },
};

function report(changed: Partial<Report> = {}, by = 'ben pod'): Signed<Report> {
  return signReport(suite, {
    reporter: idOf('ben'), device: key('ben pod'), house: HOUSE, about: { persona: idOf('ada'), key: short('post A') }, reason: 'hurts', content, at: NOON, keyLogHead: headOf(ben()), ...changed,
  }, seed(by));
}

const ADA = { persona: idOf('ada') };

const bad = (): { name: string; signed: unknown; house?: string; keyLog?: Signed[] }[] => [
  { name: 'a reason that nobody knows', signed: report({ reason: 'dislike' as 'other' }) },
  { name: 'a reporter that is none', signed: report({ reporter: 'ben' }) },
  { name: 'a house that is none', signed: report({ house: 'house' }) },
  { name: 'a moment before 1970', signed: report({ at: -1 }) },
  { name: 'a key log head of 16 bytes', signed: report({ keyLogHead: short('head') }) },
  { name: 'empty words', signed: report({ words: '' }) },
  { name: '1001 characters of words', signed: report({ words: '😀'.repeat(1001) }) },
  { name: 'about a post and something more', signed: report({ about: { ...ADA, key: short('post A'), collection: 'posts' } as object as Report['about'] }) },
  { name: 'about a service and a person', signed: report({ about: { ...ADA, service: long('service') } as object as Report['about'] }) },
  { name: 'about a service that is built in', signed: report({ about: { service: 'microblog' } }) },
  { name: 'about nobody', signed: report({ about: {} as Report['about'] }) },
  { name: 'content that is a text', signed: report({ content: 'a post' as unknown as JsonObject }) },
  { name: 'content of 64 KiB and some', signed: report({ content: { text: 'x'.repeat(65_536) } }) },
  { name: 'about oneself', signed: report({ about: { persona: idOf('ben') } }) },
  { name: 'for another house', signed: report(), house: OTHER_HOUSE },
  { name: 'changed after signing', signed: { ...report(), statement: { ...report().statement, reason: 'danger' } } },
  { name: 'by a foreign device', signed: report({ device: key('ada pod') }, 'ada pod') },
  { name: 'of another persona', signed: report(), keyLog: ada() },
  { name: 'at a head that the key log never had', signed: report({ keyLogHead: long('head') }) },
];

/** Reports, as the house that they are for checks them. */
export const reports = (): object => ({
  good: [
    { name: 'about a post', signed: report() }, { name: 'about a person, with words', signed: report({ about: ADA, content: { profile: { ...ADA, name: 'Ada' } }, words: 'Every day. 😔', reason: 'other' }) },
    { name: 'about a service', signed: report({ about: { service: long('service') }, content: { service: { id: long('service'), title: 'Potluck', version: 3 } }, reason: 'noise' }) },
    ...(['rules', 'private', 'danger'] as const).map((reason) => ({ name: `because of ${reason}`, signed: report({ reason }) })),
    { name: '1000 characters of words', signed: report({ words: '😀'.repeat(1000) }) },
  ].map((of) => ({ ...of, house: HOUSE, keyLog: ben() })),
  bad: bad().map((of) => ({ house: HOUSE, keyLog: ben(), ...of })).map((of) => ({ ...of, code: codeOf(verifyReport(suite, of.signed, { house: of.house, keyLog: stateOf(of.keyLog) })) })),
});
