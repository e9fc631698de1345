import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

// The headless shell is the same engine without what surrounds it: it takes half the time of a whole browser.
const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];
const PATIENCE = 300_000;

const inPath = () => NAMES.flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))).find(existsSync)
  ?? PLACES.find(existsSync);

const quietly = (file, args) => {
  try {
    execFileSync(file, args, { stdio: 'ignore', timeout: PATIENCE });
    return true;
  } catch {
    return false;
  }
};

function fromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined;
  console.log('Installing Chromium from Debian (once) ...');
  return ['chromium-headless-shell', 'chromium'].some((name) => quietly('apt-get', ['install', '-y', '--no-install-recommends', name])) ? inPath() : undefined;
}

async function fromPlaywright(root) {
  const { chromium } = await import('playwright-core');
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  console.log('Downloading Chromium by Playwright (once) ...');
  quietly(process.execPath, [join(root, 'node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium']);
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

/**
 * A Chromium to test with: the PATH's, else Debian's package, else Playwright's download; undefined when none could be had.
 * @param {string} root
 */
export const findChromium = async (root) => inPath() ?? fromDebian() ?? fromPlaywright(root);

/** What to say when there is none. */
export const NO_CHROMIUM = 'No Chromium: install it (Debian: apt install chromium), or connect so that Playwright can download it.';
