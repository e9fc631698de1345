/* `npm run screens`: finds a Chromium, then takes the pictures of every screen into docs/screens/. */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { NO_CHROMIUM, findChromium } from './test/chromium.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const chromium = await findChromium(root);
if (chromium) {
  process.env.COMMONHOLD_CHROMIUM = chromium;
  await import(pathToFileURL(join(root, 'tests', 'e2e', 'screens.ts')).href);
} else {
  console.error(NO_CHROMIUM);
  process.exitCode = 1;
}
