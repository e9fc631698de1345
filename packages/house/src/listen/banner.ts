import { renderUnicodeCompact } from 'uqr';
import { isPublic } from './addresses.ts';

/** Where a house can be reached. `code` is the one-time code that founds it, null once it is founded. */
export interface Addresses {
  local: string; code: string | null; lan: readonly string[];
  /** The address that people type, and whether it is open yet: it waits for its certificate, or something went wrong. */
  site: { url: string; ready: boolean; wrong: string | null } | null;
}

/**
 * What is printed when a house starts and when its addresses change: plain lines, each address alone on its line,
 * the ones that a phone can use as a QR code too. Until the house is founded they carry its one-time code.
 */
export function bannerLines({ local, code, lan, site }: Addresses): string[] {
  const found = (at: string): string => (code === null ? at : `${at}/found#${code}`);
  return [
    '',
    ...(code === null ? ['Your house is open on this machine:', '', `  ${local}`, ''] : setupLines(found(local))),
    ...(site === null ? [] : siteLines({ ...site, url: found(site.url) })),
    ...(site !== null && lan.length === 0 ? [] : lan.length > 0 ? lanLines(lan.map(found)) : ['It answers on this machine only. To let phones in this network in: Settings, or npx commonhold start --lan']),
    '', 'Ctrl-C closes the house.', '',
  ];
}

const setupLines = (setup: string): string[] => [
  'This is a new house. Found it here (the address works once):', '', `  ${setup}`, '',
];

const siteLines = ({ url, ready, wrong }: NonNullable<Addresses['site']>): string[] => [
  ...(ready ? [isPublic(url) ? 'On the internet it is:' : 'Its address is:', '', `  ${url}`] : ['It is on its way to the internet, and gets its certificate first:', '', `  ${url}`]),
  ...(ready ? ['', ...qrLines(url)] : []), '', ...(wrong === null ? [] : [wrong, 'It tries again by itself. To see what is in the way: commonhold doctor', '']),
];

const lanLines = (lan: readonly string[]): string[] => [
  'This network is let in. On a phone or another computer here:', '', ...lan.map((url) => `  ${url}`), '', ...qrLines(lan[0]!),
];

/** An address as a QR code of half blocks, for dark and light terminals, indented by two. */
export const qrLines = (text: string): string[] => renderUnicodeCompact(text, { border: 2 }).split('\n').map((line) => `  ${line}`);
