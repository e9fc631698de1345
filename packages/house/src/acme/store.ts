import { createPrivateKey, generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../config/durably.ts';
import type { Obtained } from './obtain.ts';

/** A certificate with its key, as a server takes them; times in ms. */
export interface Certificate extends Obtained { from: number; until: number; issuer: string }

/** What a house keeps for https, in a folder for its owner alone. */
export interface CertificateStore {
  /** The key of the account with authorities; made at the first call. */
  accountKey(): KeyObject;
  /** The certificate that was kept for a name, or null; a damaged one is as none, since another is easily had. */
  read(domain: string): Certificate | null;
  /** Keeps one, whole or not at all. */
  keep(domain: string, obtained: Obtained): Certificate;
}

/** Files of `tls/` in a data folder: `account.pem`, and `NAME.pem` with the key and the chain in one, all 0600. */
export function openCertificateStore(data: string): CertificateStore {
  const folder = join(data, 'tls');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const read = (name: string): string | null => { try { return readFileSync(join(folder, name), 'utf8'); } catch { return null; } };
  return {
    accountKey: () => {
      try { return createPrivateKey(read('account.pem') ?? ''); } catch { /* none yet, or damaged: an account is easily had, too */ }
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      writeDurably(join(folder, 'account.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
      return privateKey;
    },
    read: (domain) => {
      const text = read(`${domain}.pem`);
      const cut = text?.indexOf('-----BEGIN CERTIFICATE-----') ?? -1;
      try { return text === null || cut < 0 ? null : certificateOf(domain, { key: text.slice(0, cut), chain: text.slice(cut) }); } catch { return null; }
    },
    keep: (domain, obtained) => {
      const certificate = certificateOf(domain, obtained);
      if (certificate === null) throw new TypeError('a certificate that does not fit');
      writeDurably(join(folder, `${domain}.pem`), `${obtained.key.trim()}\n${obtained.chain}`);
      return certificate;
    },
  };
}

/** What stands in it; null when it is for another name or key. */
function certificateOf(domain: string, { chain, key }: Obtained): Certificate | null {
  const parsed = new X509Certificate(chain);
  if (parsed.checkHost(domain, { wildcards: false }) === undefined || !parsed.checkPrivateKey(createPrivateKey(key))) return null;
  const issuer = /(?:^|\n)(?:O|CN)=([^\n]*)/.exec(parsed.issuer)?.[1] ?? '';
  return { chain, key, issuer, from: parsed.validFromDate.getTime(), until: parsed.validToDate.getTime() };
}
