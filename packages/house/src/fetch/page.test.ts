import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeFetchPage, type Got, type PageDeps } from './page.ts';

/** A network that is written down: which addresses a name has, what a page answers. */
function net(names: Record<string, string[]>, pages: Record<string, Got | 'silent'>): { deps: PageDeps; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    deps: {
      resolve: async (host) => names[host] ?? [],
      signal: () => AbortSignal.timeout(50),
      connect: async (url, address) => {
        asked.push(`${url.href} at ${address}`);
        const page = pages[url.href];
        if (page === 'silent') return new Promise(() => {});
        if (!page) throw new TypeError('nothing there');
        return page;
      },
    },
  };
}

test('a page is asked of the address that was checked, and nobody is asked for anything else', async () => {
  const { deps, asked } = net({ 'ada.example': ['93.184.216.34'] }, { 'https://ada.example/me': { text: 'hello' } });
  assert.equal(await makeFetchPage(deps)('https://ada.example/me'), 'hello');
  assert.deepEqual(asked, ['https://ada.example/me at 93.184.216.34']);
});

test('no private place is asked, by number, by name, by one address of several, by port, by scheme or by way of a redirect', async () => {
  const { deps, asked } = net({
    'in.example': ['10.0.0.7'], 'both.example': ['93.184.216.34', '127.0.0.1'], 'none.example': [], 'ada.example': ['93.184.216.34'], 'mapped.example': ['::ffff:10.0.0.1'],
  }, {
    'https://ada.example/in': { location: 'https://in.example/' }, 'https://ada.example/down': { location: 'http://ada.example/' },
    'https://ada.example/number': { location: 'https://169.254.169.254/latest' }, 'https://ada.example/round': { location: '/round' },
  });
  const urls = [
    'https://in.example/', 'https://both.example/', 'https://none.example/', 'https://mapped.example/', 'http://ada.example/', 'ftp://ada.example/', 'file:///etc/passwd', 'https://127.0.0.1/', 'https://[::1]/',
    'https://2130706433/', 'https://0x7f.1/', 'https://localhost/', 'https://ada.example:8443/', 'https://ada:secret@ada.example/', 'not an address', '',
    'https://ada.example/in', 'https://ada.example/down', 'https://ada.example/number',
  ];
  for (const url of urls) await assert.rejects(makeFetchPage(deps)(url), { code: 'page_unreachable', message: 'That page did not answer the house. It must be open to everyone, over https.' }, url);
  assert.ok(asked.every((one) => one.startsWith('https://ada.example/') && one.endsWith(' at 93.184.216.34')), asked.join());
  asked.length = 0;
  await assert.rejects(makeFetchPage(deps)('https://ada.example/round'), { code: 'page_unreachable' });
  assert.equal(asked.length, 4, 'a circle ends');
});

test('a page that never answers is given up', async () => {
  const { deps } = net({ 'ada.example': ['93.184.216.34'] }, { 'https://ada.example/': 'silent' });
  await assert.rejects(makeFetchPage(deps)('https://ada.example/'), { code: 'page_unreachable' });
});
