// Keeps pages for entering figures on this device, so that they open again without a network. Nothing else is kept.
// A page is kept only where the server says for whom (`x-giu-cho`), and only the pages of the last person are: the
// pages of another are removed with the first page that is kept, all of them when somebody signs out (site.js).
"use strict";

const PREFIX = "thidua.";
const FILES = "/tinh/";
const PAGES_MAX = 40;
const FOR = "x-giu-cho";
const AT = "x-giu-luc";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const pathOf = (url) => new URL(url).pathname;

// The cache of whom a page is for; what was kept for others goes.
const cacheFor = async (owner) => {
  const name = PREFIX + owner;
  for (const other of await caches.keys()) {
    if (other.startsWith(PREFIX) && other !== name) await caches.delete(other);
  }
  return caches.open(name);
};

const keepPage = async (path, response) => {
  const owner = response.headers.get(FOR);
  if (!response.ok || response.redirected || !owner) return;
  const headers = new Headers(response.headers);
  headers.set(AT, new Date().toISOString());
  const cache = await cacheFor(owner);
  await cache.put(path, new Response(await response.blob(), { status: 200, headers }));
  const pages = (await cache.keys()).filter((request) => !pathOf(request.url).startsWith(FILES));
  for (const oldest of pages.slice(0, Math.max(pages.length - PAGES_MAX, 0))) await cache.delete(oldest);
};

const kept = async (path) => {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const found = await (await caches.open(name)).match(path, { ignoreVary: true });
    if (found) return found;
  }
  return undefined;
};

// A kept page says since when: the script of the page tells the reader.
const asOf = async (response) => {
  const text = await response.text();
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  headers.delete("content-encoding");
  const at = headers.get(AT);
  return new Response(text.replace("<html ", `<html data-kept-at="${at}" `), { status: 200, headers });
};

const page = async (event) => {
  const path = pathOf(event.request.url);
  try {
    const response = await fetch(event.request);
    if (response.status >= 500) {
      const found = await kept(path);
      return found ? asOf(found) : response;
    }
    event.waitUntil(keepPage(path, response.clone()));
    return response;
  } catch (why) {
    const found = await kept(path);
    if (found) return asOf(found);
    throw why;
  }
};

const file = async (request) => (await kept(pathOf(request.url))) ?? fetch(request);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (url.pathname.startsWith(FILES)) event.respondWith(file(request));
});

// A page that was opened before this worker watched asks to be kept, with the files it needs.
const keep = async ({ path, files, isSeen }) => {
  if (!isSeen) await keepPage(path, await fetch(path, { credentials: "same-origin" }));
  const held = await kept(path);
  const owner = held?.headers.get(FOR);
  if (!owner) return;
  const cache = await cacheFor(owner);
  for (const one of files.filter((name) => name.startsWith(FILES))) {
    if (!(await cache.match(one, { ignoreVary: true }))) await cache.add(one);
  }
};

self.addEventListener("message", (event) => {
  if (event.data?.is !== "keep") return;
  event.waitUntil(
    keep(event.data).then(
      () => event.source?.postMessage({ is: "kept" }),
      () => undefined,
    ),
  );
});
