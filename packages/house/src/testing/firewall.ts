import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonical, compileContract, contractHash, parseContract, Refusal, toBase64Url, type Json, type Suite } from '@commonhold/core';
import { makeNodeSuite } from '../crypto/node-suite.ts';
import type { Caller } from '../firewall/caller.ts';
import { builtInContracts, type EnforcedContract } from '../firewall/contracts.ts';
import { makeFirewall, type Firewall } from '../firewall/index.ts';
import { newPersona } from './pods.ts';

/** A firewall over real files, for contracts of a test's own beside the built-in ones. */
export interface TrialFirewall {
  folder: string;
  suite: Suite;
  readonly firewall: Firewall;
  /** Callers by name. */
  people: Readonly<Record<string, Caller & { persona: string }>>;
  clock: { ms: number };
  house: string;
  reopen(): void;
  close(): void;
}

/** Opens it, and lets these people move in. */
export function openTrialFirewall(names: readonly string[], ...documents: readonly object[]): TrialFirewall {
  const folder = mkdtempSync(join(tmpdir(), 'ch-firewall-'));
  const suite = makeNodeSuite();
  const clock = { ms: 1_800_000_000_000 };
  const house = `c${'a'.repeat(52)}`;
  const contracts = new Map([...builtInContracts(suite), ...documents.map((one) => enforced(suite, one)).map((one): [string, EnforcedContract] => [one.service, one])]);
  const salts = new Map<string, Uint8Array>();
  const seedOf = (salt: Uint8Array): Uint8Array => suite.sha256(salt);
  const cursorKey = suite.random(32);
  const start = () => makeFirewall({
    folder, suite, house, now: () => clock.ms, onError: (error) => { throw error; }, cursorKey, contracts, seedOf,
    residents: { podOf: (persona) => (salts.has(persona) ? `pod-${persona}` : null), saltOf: (persona) => salts.get(persona) ?? null },
  });
  let firewall = start();
  const people = Object.fromEntries(names.map((name): [string, Caller & { persona: string }] => {
    const keySalt = suite.random(16);
    const { persona, keyLog } = newPersona(suite, toBase64Url(suite.publicKey(seedOf(keySalt))));
    salts.set(persona, keySalt);
    firewall.admit({ pod: `pod-${persona}`, persona, keyLog, keySalt, name });
    return [name, { kind: 'person', persona, session: name }];
  }));
  return {
    folder, suite, people, clock, house,
    get firewall() { return firewall; },
    reopen: () => { firewall.close(); firewall = start(); },
    close: () => { firewall.close(); rmSync(folder, { recursive: true, force: true }); },
  };
}

/** A document as a contract that is enforced, though no list names it. */
export function enforced(suite: Suite, document: object): EnforcedContract {
  const parsed = parseContract(document);
  const compiled = parsed.ok ? compileContract(parsed.value) : parsed;
  if (!parsed.ok || !compiled.ok) throw new Refusal('invalid', 'bad_contract', JSON.stringify(parsed.ok ? compiled : parsed));
  const { id } = parsed.value.service;
  return { service: id, hash: contractHash(suite, parsed.value), text: canonical(document as Json), contract: parsed.value, compiled: compiled.value, earlier: [] };
}
