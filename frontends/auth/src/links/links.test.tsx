import { ApiProvider } from '@kumiko/api-client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ForgotPage } from './ForgotPage';
import { KeepEmailPage } from './KeepEmailPage';
import { ResetPage } from './ResetPage';
import { UndoFactorsPage } from './UndoFactorsPage';
import { VerifyPage } from './VerifyPage';

vi.mock('next/navigation', () => ({
  useRouter: () => ({ replace: vi.fn() }),
  useSearchParams: () => new URLSearchParams(window.location.search),
}));

let calls: { path: string; body: unknown }[];
let status: number;
let type: string | undefined;

function show(page: ReactNode, path: string): ReturnType<typeof userEvent.setup> {
  window.history.replaceState(null, '', path);
  render(
    <ApiProvider>
      <QueryClientProvider client={new QueryClient()}>{page}</QueryClientProvider>
    </ApiProvider>,
  );
  return userEvent.setup({ delay: null });
}

const press = (user: ReturnType<typeof userEvent.setup>, name: string) => user.click(screen.getByRole('button', { name }));

beforeEach(() => {
  calls = [];
  status = 204;
  type = undefined;
  localStorage.clear();
  document.documentElement.lang = 'en';
  vi.stubGlobal('BroadcastChannel', undefined);
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    calls.push({ path: url, body: JSON.parse(init.body as string) as unknown });
    return Promise.resolve(
      status < 400
        ? url.endsWith('/keep') || url.endsWith('/undo')
          ? Response.json({ reset_token: 'next' })
          : new Response(null, { status })
        : Response.json({ status, title: 'No', type }, { status, headers: { 'Content-Type': 'application/problem+json' } }),
    );
  });
});

afterEach(() => {
  // Leaving a page forgets its token.
  window.history.replaceState(null, '', '/auth/login');
  window.dispatchEvent(new HashChangeEvent('hashchange'));
  cleanup();
  vi.unstubAllGlobals();
});

describe.each([
  ['/auth/verify', () => <VerifyPage />, 'Confirm address', '/api/auth/email/verify', /is confirmed/],
  ['/auth/keep-email', () => <KeepEmailPage />, 'Keep this address', '/api/auth/email/keep', /stays as it was/],
  ['/auth/undo-factors', () => <UndoFactorsPage />, "It wasn't me", '/api/auth/factors/undo', /What was added is removed/],
])('%s', (path, page, button, sent, done) => {
  it('sends the token when the button is pressed, not before, and keeps it out of the address', async () => {
    const user = show(page(), `${path}#token=abc`);
    expect(window.location.hash).toBe('');
    expect(calls).toEqual([]);
    await press(user, button);
    const text = await screen.findByText(done);
    expect(calls).toEqual([{ path: sent, body: { token: 'abc' } }]);
    expect(document.activeElement).toBe(text.closest('[role=status]'));
  });

  it.each([`${path}#token=old`, path])('says what to do with a link that no longer works (%s)', async (address) => {
    status = 410;
    const user = show(page(), address);
    if (address !== path) {
      await press(user, button);
    }
    const text = await screen.findByText(/This link no longer works/);
    expect(screen.queryByRole('button', { name: button })).toBeNull();
    // A page that begins with it begins as any other.
    expect(document.activeElement).toBe(address === path ? document.body : text.closest('[role=status]'));
  });

  it('can be tried again while the service is away', async () => {
    status = 503;
    const user = show(page(), `${path}#token=again`);
    await press(user, button);
    await screen.findByRole('alert');
    status = 204;
    await press(user, button);
    await screen.findByText(done);
  });
});

describe.each([
  ['/auth/keep-email', () => <KeepEmailPage />, 'Keep this address'],
  ['/auth/undo-factors', () => <UndoFactorsPage />, "It wasn't me"],
])('%s, afterwards', (path, page, button) => {
  it('leads to a new password', async () => {
    const user = show(page(), `${path}#token=abc`);
    await press(user, button);
    expect((await screen.findByRole('link', { name: 'Choose a new password' })).getAttribute('href')).toBe('/reset#token=next');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Now choose a new password');
  });

  // Its first use has signed this browser out, and made the old password void.
  it('leads somebody who is signed out to a new password, too, if the link was used', async () => {
    status = 410;
    const user = show(page(), `${path}#token=used`);
    await press(user, button);
    expect((await screen.findByRole('link', { name: 'Choose a new password' })).getAttribute('href')).toBe('/forgot');
  });
});

describe('/auth/forgot', () => {
  it('says the same whether or not an account has the address', async () => {
    status = 202;
    const user = show(<ForgotPage />, '/auth/forgot');
    await user.type(screen.getByRole('textbox', { name: 'E-mail address' }), ' hanako@example.com');
    await press(user, 'Send link');
    await screen.findByText(/If an account has the address hanako@example.com/);
    expect(calls).toEqual([{ path: '/api/auth/password/forgot', body: { email: 'hanako@example.com' } }]);
  });

  it('leads back to the form, with the address, to somebody whose mail does not arrive', async () => {
    status = 202;
    const user = show(<ForgotPage />, '/auth/forgot');
    await user.type(screen.getByRole('textbox', { name: 'E-mail address' }), 'hanako@example.con');
    await press(user, 'Send link');
    await screen.findByRole('heading', { name: 'Check your mail' });
    await press(user, 'Try again');
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'E-mail address' });
    expect(field.value).toBe('hanako@example.con');
    expect(document.activeElement).toBe(field);
    await user.type(field, '{Backspace}m');
    await press(user, 'Send link');
    await screen.findByText(/If an account has the address hanako@example.com/);
  });

  it('asks for an address before it sends anything', async () => {
    const user = show(<ForgotPage />, '/auth/forgot');
    await press(user, 'Send link');
    expect(screen.getByText('Enter your e-mail address.')).toBeTruthy();
    expect(calls).toEqual([]);
  });
});

describe('/auth/reset', () => {
  const field = () => screen.getByLabelText('New password');

  it('changes the password with the token of the link', async () => {
    const user = show(<ResetPage />, '/auth/reset#token=abc');
    await user.type(field(), 'eight maple leaves');
    await press(user, 'Change password');
    await screen.findByText(/Your password is changed/);
    expect(calls).toEqual([{ path: '/api/auth/password/reset', body: { token: 'abc', new_password: 'eight maple leaves' } }]);
    expect(window.location.hash).toBe('');
  });

  it('leads to a new link if this one no longer works', async () => {
    status = 410;
    const user = show(<ResetPage />, '/auth/reset#token=old');
    await user.type(field(), 'eight maple leaves');
    await press(user, 'Change password');
    expect((await screen.findByRole('link', { name: 'Send me a new link' })).getAttribute('href')).toBe('/forgot');
  });

  it('asks for a code if the account has a second factor', async () => {
    status = 401;
    type = 'https://example.com/errors/second-factor-required';
    const user = show(<ResetPage />, '/auth/reset#token=abc');
    await user.type(field(), 'eight maple leaves');
    await press(user, 'Change password');
    const code = await screen.findByLabelText('Code');
    expect(code.getAttribute('aria-invalid')).not.toBe('true');
    await user.type(code, '123456');
    await press(user, 'Change password');
    expect(await screen.findByText(/code isn't right/)).toBeTruthy();

    status = 204;
    await user.clear(code);
    await user.type(code, '492039');
    await press(user, 'Change password');
    await screen.findByText(/Your password is changed.* another code/);
    expect(calls.at(-1)?.body).toEqual({ token: 'abc', new_password: 'eight maple leaves', totp_code: '492039' });
  });

  it('refuses a short password by itself', async () => {
    const user = show(<ResetPage />, '/auth/reset#token=short');
    await user.type(field(), 'short');
    await press(user, 'Change password');
    expect(screen.getByText('A password must have at least 8 characters.')).toBeTruthy();
    expect(calls).toEqual([]);
  });
});
