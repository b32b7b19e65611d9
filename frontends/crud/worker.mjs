// The service worker of the board, /crud/sw.js. build-static.mjs puts the list of built files (`build`) in front of it. It caches the pages
// for a slow or missing network: only files that are the same for everybody, each exactly as it was built (`integrity`). It never touches
// the API.
/* global build */

const prefix = 'kumiko.pages.';
const name = prefix + build.version;
const kept = new Set(build.files.map(({ path }) => path));

// If the network takes longer, the cached page is shown.
const quickMs = 3_000;

self.addEventListener('install', (event) => event.waitUntil(keepAll()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  // The query is for the page, not for the server.
  const { origin, pathname } = new URL(request.url);
  if (request.method === 'GET' && origin === self.location.origin && kept.has(pathname)) {
    event.respondWith(request.mode === 'navigate' ? page(event, pathname) : file(request, pathname));
  }
});

async function keepAll() {
  const cache = await caches.open(name);
  // All or nothing. Without cookies, no cached file can be personal.
  await cache.addAll(
    build.files.map(
      ({ path, integrity }) =>
        new Request(path, { integrity, credentials: 'omit', cache: path.includes('/_next/static/') ? 'default' : 'no-cache' }),
    ),
  );
  // A tab of the previous version requests its own data, receives that of this version, and reloads the page.
  await self.skipWaiting();
}

async function takeOver() {
  for (const other of await caches.keys()) {
    if (other.startsWith(prefix) && other !== name) {
      await caches.delete(other);
    }
  }
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

// A response that is created here has the requested address. The cached one has no query, and a page of another version would be reloaded
// without its query.
async function file(request, path) {
  const kept = await find(path);
  return kept === undefined ? fetch(request) : new Response(kept.body, kept);
}

// The newest page, if the server answers soon.
async function page(event, path) {
  const fresh = load(event);
  event.waitUntil(fresh.catch(() => {}));
  const answer = await Promise.race([fresh.catch(() => null), new Promise((resolve) => setTimeout(resolve, quickMs, null))]);
  return answer !== null && answer.status < 500 ? answer : ((await find(path)) ?? fresh);
}

async function load({ preloadResponse, request }) {
  return (await preloadResponse) ?? fetch(request);
}

async function find(path) {
  const cache = await caches.open(name);
  return cache.match(path, { ignoreVary: true });
}
