import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Contract } from '@commonhold/core';
import type { Answer, Routes } from './host.ts';

/** What pages are made of. `folder`: their files, `index.html` among them. `houses`: what is proposed to people who have not said where they live. */
export interface PagesOf { folder: string; contract: Contract; houses: readonly string[] }

const KIT = join(import.meta.dirname, 'page');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png', '.webp': 'image/webp', '.woff2': 'font/woff2',
};

/**
 * Routes for a service's own page: every file of its folder, beside them what all pages have in common (`house.js` speaks with the house of whoever is
 * here, `kit.js` and `kit.css` are words, forms and looks), and `/about`, by which the page knows its service. See services/potluck/page.
 */
export function pagesOf({ folder, contract, houses }: PagesOf): Routes {
  const about = { service: contract.service.id, title: contract.service.title, version: contract.version, bundles: Object.keys(contract.bundles ?? {}), houses };
  return { ...filesIn(KIT), ...filesIn(folder), 'GET /about': () => ({ json: about }) };
}

function filesIn(folder: string): Routes {
  return Object.fromEntries(readdirSync(folder).flatMap((name): [string, () => Answer][] => {
    const type = TYPES[extname(name)];
    if (type === undefined) return [];
    const file = readFileSync(join(folder, name));
    return [[`GET /${name === 'index.html' ? '' : name}`, () => ({ file, type })]];
  }));
}
