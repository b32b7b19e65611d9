import { cleanup, render, screen } from '@testing-library/react';
import { useEffect } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { ApiProvider, useApi, useSession } from './react';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
});

function Status() {
  return <p>{useSession().status}</p>;
}

function Reader() {
  const { posts } = useApi();
  useEffect(() => {
    void posts.listPosts(undefined, undefined, undefined, undefined);
  }, [posts]);
  return null;
}

it('learns that nobody is signed in', async () => {
  render(
    <ApiProvider>
      <Status />
    </ApiProvider>,
  );
  expect(await screen.findByText('anonymous')).toBeDefined();
});

it('learns it though a page calls the API as it comes, before anything else', async () => {
  vi.stubGlobal(
    'fetch',
    vi.fn(() => Promise.resolve(Response.json({ items: [], next_cursor: null }))),
  );
  render(
    <ApiProvider>
      <Status />
      <Reader />
    </ApiProvider>,
  );
  expect(await screen.findByText('anonymous')).toBeDefined();
});
