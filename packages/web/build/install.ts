import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin, Rolldown } from 'vite';
import { markPng } from './mark.ts';

const hashOf = (...parts: (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('base64url').slice(0, 8);
};

const ICONS = [['icon-192', 192, false], ['icon-512', 512, false], ['icon-wide-512', 512, true], ['icon-180', 180, true]] as const;

function manifest(icon: (name: string) => string): string {
  const own = (name: string, size: number, purpose: 'any' | 'maskable') => ({ src: icon(name), sizes: `${size}x${size}`, type: 'image/png', purpose });
  const shortcut = (name: string, url: string) => ({ name, url, icons: [own('icon-192', 192, 'any')] });
  return JSON.stringify({
    id: '/', name: 'Commonhold', short_name: 'Commonhold', description: 'A house of people, in your own hands.', start_url: '/', scope: '/', display: 'standalone',
    background_color: '#F7F4EE', theme_color: '#F7F4EE', categories: ['social'],
    icons: [own('icon-192', 192, 'any'), own('icon-512', 512, 'any'), own('icon-wide-512', 512, 'maskable')],
    shortcuts: [shortcut('Write', '/?write'), shortcut('Home', '/'), shortcut('News', '/news')],
    share_target: { action: '/share', method: 'POST', enctype: 'multipart/form-data', params: { title: 'title', text: 'text', url: 'url', files: [{ name: 'pictures', accept: ['image/*'] }] } },
  });
}

/* Of the fonts only what nearly everybody needs comes beforehand; others are kept when they are first used. */
const FOR_LATER = /\.woff2$/;
const FOR_ALL = /-latin-wght-normal-/;

function worker(bundle: Rolldown.OutputBundle): string {
  const files = Object.keys(bundle).filter((name) => name.startsWith('assets/') && (!FOR_LATER.test(name) || FOR_ALL.test(name))).sort();
  const page = bundle['index.html'];
  const text = page?.type === 'asset' ? String(page.source) : '';
  const entry = /<script type="module"[^>]*src="([^"]+)"/.exec(text)?.[1] ?? '';
  const source = readFileSync(new URL('../src/app/sw.js', import.meta.url), 'utf8');
  return source.replace("'%FILES%'", JSON.stringify(['/', ...files.map((name) => `/${name}`)])).replace('%ENTRY%', entry).replace('%VERSION%', hashOf(text, ...files, source));
}

/** What makes the app one that can be installed and opened without the house: icons drawn from the house mark, the manifest, and the service worker that knows this build's files. */
export function install(): Plugin {
  const pictures = new Map<string, { bytes: Buffer; fileName: string }>(ICONS.map(([name, size, ground]) => {
    const bytes = markPng(size, ground);
    return [name, { bytes, fileName: `assets/${name}-${hashOf(bytes)}.png` }] as const;
  }));
  const icon = (name: string): string => `/${pictures.get(name)!.fileName}`;
  return {
    name: 'install',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'link', attrs: { rel: 'manifest', href: '/manifest.webmanifest' }, injectTo: 'head' },
      { tag: 'link', attrs: { rel: 'apple-touch-icon', href: icon('icon-180') }, injectTo: 'head' },
    ],
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const { bytes, fileName } of pictures.values()) this.emitFile({ type: 'asset', fileName, source: bytes });
        this.emitFile({ type: 'asset', fileName: 'manifest.webmanifest', source: manifest(icon) });
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: worker(bundle) });
      },
    },
  };
}
