import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];
const PATIENCE = 300_000;

const inPath = () => (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name))).find(existsSync)
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
  return quietly('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']) ? inPath() : undefined;
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
