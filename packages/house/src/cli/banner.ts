import { renderUnicodeCompact } from 'uqr';

/** Where a house can be reached. `setup` is the one-time address that founds it, null once it is founded. */
export interface Addresses { local: string; setup: string | null; lan: readonly string[] }

/**
 * What is printed when a house starts and when its addresses change: plain lines, each address alone on its line,
 * the ones that a phone can use as a QR code too.
 */
export function bannerLines({ local, setup, lan }: Addresses): string[] {
  return [
    '',
    ...(setup === null ? ['Your house is open on this machine:', '', `  ${local}`, ''] : setupLines(setup)),
    ...(lan.length > 0 ? lanLines(lan) : ['It answers on this machine only. To let phones in this network in: Settings, or npm start -- --lan']),
    '', 'Ctrl-C closes the house.', '',
  ];
}

const setupLines = (setup: string): string[] => [
  'This is a new house. Found it here (the address works once):', '', `  ${setup}`, '',
];

const lanLines = (lan: readonly string[]): string[] => [
  'This network is let in. On a phone or another computer here:', '', ...lan.map((url) => `  ${url}`), '', ...qrLines(lan[0]!),
];

/** An address as a QR code of half blocks, for dark and light terminals, indented by two. */
export const qrLines = (text: string): string[] => renderUnicodeCompact(text, { border: 2 }).split('\n').map((line) => `  ${line}`);
