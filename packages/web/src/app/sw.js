/* The service worker: keeps the files of one build, so that the app opens without the house, and never mixes two builds. The build fills in the names.
   It keeps nothing that the house answers about anybody: that is the page's business, for each person apart. */
const FILES = '%FILES%';
const SHELL = 'commonhold-shell-%VERSION%';
const OURS = 'commonhold-shell-';
/* What the house does not answer with a page of the app. */
const MACHINE = /^\/(pods\/|assets\/|healthz$|openapi\.json$|live$|me\/export(\/|$)|me\/services\/[^/]+\/[^/]+\/export$|me\/imports\/|oauth\/|\.well-known\/|sw\.js$|robots\.txt$|manifest\.webmanifest$|@[^/]+\/feed\.(atom|rss)$)/;

async function fetchWhole(path) {
  // The house may show its own page at its address to whoever is not signed in: `?app` is always the app.
  const answer = await fetch(path === '/' ? '/?app' : path, path === '/' ? { cache: 'reload', credentials: 'omit', headers: { accept: 'text/html' } } : { credentials: 'omit' });
  if (!answer.ok) throw new TypeError(`${path}: ${answer.status}`);
  // The house may have been updated meanwhile: then this is not the page that belongs to these files, and the next try is for the next build.
  if (path === '/' && !(await answer.clone().text()).includes('%ENTRY%')) throw new TypeError('another build');
  return answer;
}

async function keepShell() {
  const cache = await caches.open(SHELL);
  await Promise.all(FILES.map(async (path) => cache.put(path, await fetchWhole(path))));
}

/* The build before stays, too: a page of it that is still open fetches its screens from there. */
async function tidy() {
  const shells = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== SHELL);
  await Promise.all(shells.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function page(request) {
  const cache = await caches.open(SHELL);
  return await cache.match('/') ?? fetch(request);
}

async function file(request) {
  const known = await caches.match(request.url);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) {
    const copy = answer.clone();
    void caches.open(SHELL).then((cache) => cache.put(request.url, copy)).catch(() => undefined);
  }
  return answer;
}

/* What another app shares with this one waits in the browser's database until the page has it in the composer. */
function keepShared(row) {
  return new Promise((resolve, reject) => {
    const asking = indexedDB.open('commonhold-kept');
    asking.onerror = () => reject(asking.error);
    asking.onupgradeneeded = () => asking.transaction.abort();
    asking.onsuccess = () => {
      const db = asking.result;
      const tx = db.transaction('shared', 'readwrite');
      tx.objectStore('shared').put(row);
      tx.oncomplete = () => { db.close(); resolve(); };
      tx.onabort = () => { db.close(); reject(tx.error); };
    };
  });
}

async function share(request) {
  const form = await request.formData();
  const text = ['title', 'text', 'url'].map((name) => form.get(name)).filter((part) => typeof part === 'string' && part.trim() !== '');
  const pictures = form.getAll('pictures').filter((one) => one instanceof File && one.size > 0).slice(0, 4);
  await keepShared({ persona: '', key: 'shared', text: [...new Set(text)].join('\n'), pictures });
  return Response.redirect('/?shared', 303);
}

self.addEventListener('install', (event) => event.waitUntil(keepShell()));
self.addEventListener('activate', (event) => event.waitUntil(tidy()));
self.addEventListener('message', (event) => { if (event.data === 'take-over') void self.skipWaiting(); });
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === 'POST' && pathname === '/share') event.respondWith(share(request));
  else if (request.method !== 'GET') return;
  else if (request.mode === 'navigate' && !MACHINE.test(pathname)) event.respondWith(page(request));
  else if (pathname.startsWith('/assets/')) event.respondWith(file(request));
});
