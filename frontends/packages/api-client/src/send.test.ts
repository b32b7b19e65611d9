import { afterEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from './problem';
import { send } from './send';

function ok(): Response {
  return new Response('{}', { status: 200, headers: { 'Content-Type': 'application/json' } });
}

function problem(status: number, headers: Record<string, string> = {}): Response {
  const body = JSON.stringify({ status, title: 'No', detail: 'Not so.', trace_id: 'abc', errors: { email: ['Taken.'] } });
  return new Response(body, { status, headers: { 'Content-Type': 'application/problem+json', ...headers } });
}

/** Answers with these, one after the other. */
function answer(...responses: Response[]) {
  const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.resolve(responses.shift() ?? Response.error()));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a request', () => {
  it('for personal data is not answered from the cache of the browser', async () => {
    const fetch = answer(ok(), ok());
    await send('/api/auth/me');
    await send('/api/crud/posts');
    expect(fetch.mock.calls.map(([, init]) => init?.cache)).toEqual(['no-store', undefined]);
  });

  it('has the access token, and no headers that are empty', async () => {
    const fetch = answer(ok());
    await send('/api/a', { headers: { 'If-Match': '', 'Idempotency-Key': 'a key' } }, 'a token');
    expect(Object.fromEntries(new Headers(fetch.mock.calls[0]?.[1]?.headers))).toEqual({
      authorization: 'Bearer a token',
      'idempotency-key': 'a key',
    });
  });
});

describe('a failure', () => {
  it('is the problem document that came with it', async () => {
    answer(problem(409));
    const failure = await send('/api/a', { method: 'POST' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProblemError);
    expect(failure).toMatchObject({ status: 409, message: 'Not so.', traceId: 'abc', errors: { email: ['Taken.'] }, isPassing: false });
  });

  it('of a read is tried again once, when the answer says when', async () => {
    answer(problem(503, { 'Retry-After': '0' }), ok());
    expect((await send('/api/a')).ok).toBe(true);
    answer(problem(503, { 'Retry-After': '0' }), problem(503, { 'Retry-After': '0' }), ok());
    await expect(send('/api/a')).rejects.toMatchObject({ status: 503 });
  });

  it('of a write is not tried again', async () => {
    answer(problem(503, { 'Retry-After': '0' }), ok());
    await expect(send('/api/a', { method: 'POST' })).rejects.toMatchObject({ status: 503 });
  });
});
