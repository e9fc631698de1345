import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isOpen } from './addresses.ts';
import { makeFetchPage, type Got, type PageDeps } from './page.ts';

const OPEN = ['93.184.216.34', '8.8.8.8', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::1'];
const CLOSED = [
  '127.0.0.1', '127.9.9.9', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255',
  '198.18.0.1', '192.0.2.1', '::1', '::', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::7f00:1', '2002:7f00:1::',
  '2001::1', '2001:db8::1', '4000::1', '', 'localhost', '1', '0x7f000001', '2130706433',
];

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

test('open is the open internet alone', () => {
  for (const address of OPEN) assert.ok(isOpen(address), address);
  for (const address of CLOSED) assert.ok(!isOpen(address), address);
  const byte = fc.integer({ min: 0, max: 255 });
  fc.assert(fc.property(fc.constantFrom(10, 127, 0), byte, byte, byte, (a, b, c, d) => !isOpen(`${a}.${b}.${c}.${d}`) && !isOpen(`::ffff:${a}.${b}.${c}.${d}`)));
});

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
