import { bytes32, exactly, integer, optional, personaId, recordKey, version1, type Field } from '../bytes/shape.ts';
import { isObject, type JsonObject } from '../bytes/json.ts';
import { publicKey } from '../identity/key.ts';
import type { KeyLogState } from '../identity/keylog.ts';
import { jcsBytes, signUnder } from '../identity/sign.ts';
import type { Signed } from '../identity/statement.ts';
import { no, yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';
import { checkByDevice, vouched, type Kind } from './signed.ts';

/** Why somebody reports: it breaks a rule, hurts, shows what is private, is noise, puts somebody in danger, or else. */
export const REPORT_REASONS = ['rules', 'hurts', 'private', 'noise', 'danger', 'other'] as const;

/** One of `REPORT_REASONS`. */
export type ReportReason = (typeof REPORT_REASONS)[number];

/** What a report is about: a person, with `key` one post of theirs; or a service, by its id. */
export type ReportAbout = { persona: string; key?: string } | { service: string };

/** A word from a member to the stewards of `house`. `content` is what the reporter could read of it then; `at`: ms since 1970. */
export interface Report {
  v: 1; type: 'report'; reporter: string; device: string; house: string; about: ReportAbout; reason: ReportReason; words?: string;
  content: JsonObject; at: number; keyLogHead: string;
}

/** Most characters of the reporter's own words. */
const WORDS = 1000;
/** Most bytes of the canonical text of `content`. */
const CONTENT = 65_536;

const isAbout = (value: unknown): boolean => isObject(value) && ('service' in value ? isService(value) : isPersonOrPost(value));
const isService = (value: JsonObject): boolean => bytes32.check(value['service']) && Object.keys(value).length === 1;
const isPersonOrPost = (value: JsonObject): boolean => personaId.check(value['persona']) && Object.keys(value).every((name) => name === 'persona' || (name === 'key' && recordKey.check(value[name])));

const about: Field = { is: 'a persona, a post of one, or a service', check: isAbout };
const reason: Field = { is: `one of ${REPORT_REASONS.join(', ')}`, check: (value) => REPORT_REASONS.some((one) => one === value) };
const words: Field = { is: `1 to ${WORDS} characters`, check: (value) => typeof value === 'string' && value !== '' && value.isWellFormed() && [...value].length <= WORDS };
const content: Field = { is: 'an object', check: isObject };

const KIND: Kind = {
  domain: 'commonhold/report/1',
  shape: {
    v: version1, type: exactly('report'), reporter: personaId, device: publicKey, house: personaId, about, reason, words: optional(words),
    content, at: integer(0), keyLogHead: bytes32,
  },
};

/** A report, signed by a `write` device of the reporter. */
export function signReport(suite: Suite, of: Omit<Report, 'v' | 'type'>, deviceSeed: Uint8Array): Signed<Report> {
  const statement: Report = { v: 1, type: 'report', ...of };
  return { statement, signatures: [signUnder(suite, KIND.domain, statement, deviceSeed)] };
}

/**
 * The report, if it is meant for this house and a `write` device of the reporter signed it. Codes: shape and signature (see spec/record.md),
 * report_too_big, report_self, report_wrong_house, then wrong_persona, head_unknown, device_unknown, device_revoked, device_not_capable.
 */
export function verifyReport(suite: Suite, signed: unknown, by: { house: string; keyLog: KeyLogState }): Result<Report> {
  const checked = checkByDevice<Report>(suite, KIND, signed);
  if (!checked.ok) return checked;
  const report = checked.value;
  if (jcsBytes(report.content).length > CONTENT) return no('report_too_big', `What is reported has at most ${CONTENT} bytes.`, 'content');
  if ('persona' in report.about && report.about.persona === report.reporter) return no('report_self', 'Nobody reports themselves.', 'about');
  if (report.house !== by.house) return no('report_wrong_house', 'This report is for another house.', 'house');
  const may = vouched(by.keyLog, report.reporter, report, 'write');
  return may.ok ? yes(report) : may;
}
