/** The destination after signing in if no other page was requested. */
export const startPage = '/crud';

const longest = 2_000;

// A server or proxy that decodes the path once more would read a different path from the one checked here.
const deceptive = /%(?:[01][0-9a-f]|7f|2f|5c|25)/i;

// These would redirect back here at once.
const signInPages = ['/auth/login', '/auth/register'];

/**
 * The page to go to after signing in: `wanted` if it is a path of this site's pages, otherwise the start page. No link can send a person to
 * another site.
 *
 * @param wanted The destination in the address, such as `/crud/post?id=7`.
 * @param origin This site, such as `https://app.local`.
 * @returns A path with its query and fragment, below `/crud` or `/auth`.
 */
export function safeReturn(wanted: string | null, origin: string): string {
  if (wanted === null || wanted.length > longest || !wanted.startsWith('/') || wanted.includes('\\') || /\p{Cc}/u.test(wanted)) {
    return startPage;
  }
  // Resolves `..` in every spelling, so the checked path is the one that the browser opens.
  const url = URL.canParse(wanted, origin) ? new URL(wanted, origin) : null;
  if (
    url?.origin !== origin ||
    !isBelow(url.pathname, '/crud', '/auth') ||
    isBelow(url.pathname, ...signInPages) ||
    deceptive.test(url.pathname)
  ) {
    return startPage;
  }
  return url.pathname + url.search + url.hash;
}

/** Adds the requested destination to a page, for a link between signing in and registering. */
export function withReturn(page: string, wanted: string | null): string {
  return wanted === null ? page : `${page}?return=${encodeURIComponent(wanted)}`;
}

function isBelow(path: string, ...roots: string[]): boolean {
  return roots.some((root) => path === root || path.startsWith(`${root}/`));
}
