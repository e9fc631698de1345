import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { tempFolder } from './house-process.ts';

// Quiet and contained: the sandbox of Chromium does not run as root, and it shall ask nobody on the internet for anything.
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// A wait ends when what it waits for is there; this only ends a test that has failed, on a busy machine too.
const PATIENCE = 60_000;

/** Why there is no browser, or null when there is one. */
export const noBrowser = (): string | null => (process.env['COMMONHOLD_CHROMIUM'] ? null : 'there is no Chromium');

/** A real Chromium; with `inside` it runs within a network namespace, with `home` it trusts what that folder does. Closed when the test ends. */
export async function launch(t: { after(fn: () => unknown): void }, { inside, home }: { inside?: string; home?: string } = {}): Promise<Browser> {
  const program = process.env['COMMONHOLD_CHROMIUM'] ?? '';
  const browser = await chromium.launch({ executablePath: inside ? wrapper(t, inside, program) : program, args: ARGS, ...(home !== undefined && { env: { ...process.env, HOME: home } as Record<string, string> }) });
  t.after(() => browser.close());
  return browser;
}

function wrapper(t: { after(fn: () => unknown): void }, inside: string, program: string): string {
  const path = join(tempFolder(t, 'browser'), 'chromium');
  writeFileSync(path, `#!/bin/sh\nexec ip netns exec ${inside} ${program} "$@"\n`);
  chmodSync(path, 0o700);
  return path;
}

/** A fresh profile with a page, whose every request is kept, and whose errors fail the test by `calm`. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  // Requests of a page that a service worker stands in front of cannot be answered by a test; the tests of the worker ask for it.
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, serviceWorkers: 'block', ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  await context.addInitScript(() => addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => console.error(`against the policy: ${violatedDirective} ${blockedURI}`)));
  // A test that is not about the time to undo a post does not wait for it.
  await context.addInitScript(() => { try { if (localStorage.getItem('commonhold.undo-posts') === null) localStorage.setItem('commonhold.undo-posts', 'off'); } catch { /* a page without storage */ } });
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error' && !EXPECTED.test(message.text())) errors.push(message.text()); });
  return { page, context, requests, errors };
}

// A browser writes down every answer of 4xx; the app asks once who it is before anybody has signed in.
const EXPECTED = /Failed to load resource: the server responded with a status of 4\d\d/;

/** A page with what it asked for and what went wrong in it. */
export interface WatchedPage { page: Page; context: BrowserContext; requests: string[]; errors: string[] }
