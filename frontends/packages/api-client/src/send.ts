import { pause } from './pause';
import { ProblemError } from './problem';

/** The longest `Retry-After` after which a read is retried automatically. */
const longestWaitSeconds = 5;

/** Sends a request of the generated clients, and turns every failure into a {@link ProblemError}. */
export async function send(url: RequestInfo, init: RequestInit = {}, accessToken?: string): Promise<Response> {
  const headers = new Headers(init.headers);
  // The generated clients send an omitted argument as an empty header, and an empty If-Match matches nothing.
  for (const name of ['If-Match', 'If-None-Match', 'Idempotency-Key']) {
    if (headers.get(name) === '') {
      headers.delete(name);
    }
  }
  if (accessToken !== undefined) {
    headers.set('Authorization', `Bearer ${accessToken}`);
  }
  const isRead = (init.method ?? 'GET') === 'GET';
  // A deletion that is sent when the page unloads must still arrive.
  const keepalive = init.keepalive ?? init.method === 'DELETE';
  for (let attempt = 0; ; attempt++) {
    let response: Response;
    try {
      response = await globalThis.fetch(url, {
        ...init,
        headers,
        keepalive,
        credentials: 'same-origin',
        ...(isPersonal(url) && { cache: 'no-store' }),
      });
    } catch (error) {
      if (init.signal?.aborted) {
        throw error;
      }
      throw new ProblemError(0, {}, null, { cause: error });
    }
    if (response.ok) {
      return response;
    }
    const failure = await ProblemError.from(response);
    const wait = failure.retryAfter;
    if (!isRead || attempt > 0 || wait === null || wait > longestWaitSeconds || (failure.status !== 429 && failure.status !== 503)) {
      throw failure;
    }
    await pause(wait * 1000);
  }
}

// Don't let the browser's cache answer personal requests: the next person uses the same address.
function isPersonal(url: RequestInfo): boolean {
  return (typeof url === 'string' ? url : url.url).includes('/api/auth/');
}
