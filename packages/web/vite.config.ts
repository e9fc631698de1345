import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { groups } from './build/groups.ts';
import { install } from './build/install.ts';
import { packed } from './build/packed.ts';
import { screens } from './build/screens.ts';

/** Puts the one script that must run before the first paint (the chosen theme) into the head, as a hashed file: CSP allows no inline script. */
function themeBoot(): Plugin {
  const source = readFileSync(new URL('./src/app/theme-boot.js', import.meta.url), 'utf8');
  const fileName = `assets/theme-${createHash('sha256').update(source).digest('base64url').slice(0, 8)}.js`;
  return {
    name: 'theme-boot',
    transformIndexHtml: () => [{ tag: 'script', attrs: { src: `/${fileName}` }, injectTo: 'head' }],
    generateBundle() { this.emitFile({ type: 'asset', fileName, source }); },
    configureServer(server) {
      server.middlewares.use(`/${fileName}`, (_, answer) => { answer.setHeader('content-type', 'text/javascript'); answer.end(source); });
    },
  };
}

const from = (name: string): string => join(import.meta.dirname, 'src', name);
const HOME = from('screens/home/index.tsx');
/* What stands on nearly every screen, then the rest of the one that most people open first. */
const GROUPS = groups([{ name: 'compose', entry: from('compose/Composer.tsx') }, { name: 'home', entry: HOME }]);

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [themeBoot(), install(), screens({ '/': HOME, '/feed/following': HOME }), packed()],
  build: {
    outDir: 'dist', emptyOutDir: true, target: 'es2022',
    // Fonts and pictures stay files: `font-src 'self'` allows no data: address.
    assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: true,
    rolldownOptions: { output: { codeSplitting: { groups: GROUPS } } },
  },
  server: { proxy: Object.fromEntries(['/house', '/sessions', '/links', '/me', '/microblog', '/pods', '/live', '/healthz', '/people', '/news'].map((path) => [path, {
    target: process.env['COMMONHOLD_DEV_HOUSE'] ?? 'http://localhost:4300',
    bypass: (request: { headers: { accept?: string }; url?: string }) => request.headers.accept?.includes('text/html') ? request.url : undefined,
  }])) },
});
