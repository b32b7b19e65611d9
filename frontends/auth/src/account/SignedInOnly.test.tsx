import { ApiProvider, useApi, useSession } from '@kumiko/api-client';
import { QueryClient, QueryClientProvider, useIsFetching, useQueryClient } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SignedInOnly, useEndReason, useUser } from './SignedInOnly';

const navigation = vi.hoisted(() => ({ replace: vi.fn() }));
const nextDocument = vi.hoisted(() => ({ replace: vi.fn() }));
vi.mock('../sign-in/replaceDocument', () => ({ replaceDocument: nextDocument.replace }));
vi.mock('next/navigation', () => {
  const router = { replace: navigation.replace };
  return { useRouter: () => router };
});

const hanako = {
  id: 7,
  email: 'hanako@example.com',
  username: 'hanako',
  email_verified: false,
  second_factor: false,
  pending_email: null,
  role: 'member',
  created_at: '2026-11-01T00:00:00.000Z',
  updated_at: '2026-11-01T00:00:00.000Z',
};
const tokens = { access_token: 'a', token_type: 'Bearer', expires_in: 600, user: hanako };

/** How the server currently answers `POST /refresh`, `GET /me` and `POST /logout`. */
let refresh: number;
let me: number;

/** The server answers after this. */
let answering: Promise<unknown>;

function Greeting() {
  const { signOut } = useSession();
  return <button onClick={() => void signOut()}>Sign out {useUser().username}</button>;
}

/** Deletes the account while another request is pending. */
function Removal() {
  const { session } = useApi();
  const client = useQueryClient();
  const setReason = useEndReason();
  async function remove(): Promise<void> {
    setReason('deleted');
    answering = new Promise((resolve) => setTimeout(resolve, 50));
    const fetching = client.refetchQueries({ queryKey: ['me'] });
    await waitFor(() => expect(screen.getByText('pending')).toBeTruthy());
    await fetching;
    await waitFor(() => expect(screen.queryByText('pending')).toBeNull());
    session.leave();
  }
  const isPending = useIsFetching() > 0;
  return <button onClick={() => void remove()}>{isPending ? 'pending' : 'Delete the account'}</button>;
}

function show(): QueryClient {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <ApiProvider>
      <QueryClientProvider client={client}>
        <SignedInOnly>
          <Greeting />
          <Removal />
        </SignedInOnly>
      </QueryClientProvider>
    </ApiProvider>,
  );
  return client;
}

beforeEach(() => {
  refresh = 200;
  me = 200;
  answering = Promise.resolve();
  localStorage.setItem('kumiko.signed-in', '1');
  document.documentElement.lang = 'en';
  window.history.replaceState(null, '', '/auth/account/sessions');
  vi.stubGlobal('BroadcastChannel', undefined);
  vi.stubGlobal('fetch', async (url: string) => {
    await answering;
    const status = url.endsWith('/refresh') ? refresh : url.endsWith('/me') ? me : 204;
    if (status === 204) {
      return new Response(null, { status });
    }
    const body = status >= 400 ? { status, title: 'No', trace_id: 'abc123' } : url.endsWith('/me') ? hanako : tokens;
    return Response.json(body, { status });
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
  localStorage.clear();
});

describe('SignedInOnly', () => {
  it('shows what is within to whoever is signed in', async () => {
    show();
    await screen.findByText('Sign out hanako');
    expect(navigation.replace).not.toHaveBeenCalled();
  });

  it('redirects a visitor to the sign-in page, and back', async () => {
    localStorage.clear();
    me = 401;
    show();
    await waitFor(() => expect(navigation.replace).toHaveBeenCalledExactlyOnceWith('/login?return=%2Fauth%2Faccount%2Fsessions'));
  });

  it('says why to whoever was signed out elsewhere and loads the page anew', async () => {
    refresh = 401;
    me = 401;
    show();
    await waitFor(() =>
      expect(navigation.replace).toHaveBeenCalledExactlyOnceWith('/login?return=%2Fauth%2Faccount%2Fsessions&notice=ended'),
    );
  });

  it('redirects a user who was signed out elsewhere to the sign-in page, and says why', async () => {
    const client = show();
    await screen.findByText('Sign out hanako');
    refresh = 401;
    me = 401;
    await client.refetchQueries({ queryKey: ['me'] });
    await waitFor(() =>
      expect(navigation.replace).toHaveBeenCalledExactlyOnceWith('/login?return=%2Fauth%2Faccount%2Fsessions&notice=ended'),
    );
    expect(client.getQueryCache().getAll()).toEqual([]);
  });

  it('does not offer the way back to whoever signed out', async () => {
    show();
    await userEvent.click(await screen.findByText('Sign out hanako'));
    await waitFor(() => expect(navigation.replace).toHaveBeenCalledExactlyOnceWith('/login?notice=signed-out'));
  });

  it('confirms a deleted account on the board, whatever request ended meanwhile', async () => {
    show();
    await userEvent.click(await screen.findByText('Delete the account'));
    await waitFor(() => expect(nextDocument.replace).toHaveBeenCalledExactlyOnceWith('/crud'));
    expect(navigation.replace).not.toHaveBeenCalled();
  });

  it('signs nobody out while the service is away', async () => {
    refresh = 503;
    me = 503;
    show();
    await screen.findByText('Try again');
    expect(screen.getByText('For support: abc123')).toBeTruthy();
    refresh = 200;
    me = 200;
    await userEvent.click(screen.getByText('Try again'));
    await screen.findByText('Sign out hanako');
    expect(navigation.replace).not.toHaveBeenCalled();
  });
});
