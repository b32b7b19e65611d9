import { ApiProvider } from '@kumiko/api-client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LoginPage } from './LoginPage';
import { RegisterPage } from './RegisterPage';

const navigation = vi.hoisted(() => ({ replace: vi.fn(), replaceDocument: vi.fn() }));
vi.mock('next/navigation', () => {
  const router = { replace: navigation.replace };
  return { useRouter: () => router, useSearchParams: () => new URLSearchParams(window.location.search) };
});
vi.mock('./replaceDocument', () => ({ replaceDocument: navigation.replaceDocument }));

interface Call {
  path: string;
  body: unknown;
  key: string | null;
}

const hanako = {
  id: 7,
  email: 'hanako@example.com',
  username: 'hanako',
  email_verified: false,
  second_factor: false,
  passkeys: 0,
  pending_email: null,
  role: 'member',
  created_at: '2026-11-01T00:00:00.000Z',
  updated_at: '2026-11-01T00:00:00.000Z',
};
const signedIn = () => Response.json({ access_token: 'a', token_type: 'Bearer', expires_in: 600, user: hanako });
const registered = () => Response.json(hanako, { status: 201 });

let calls: Call[];
let registration: string;
let answers: ((call: Call) => Response | Promise<Response>)[];

function problem(status: number, errors?: Record<string, string[]>, headers: Record<string, string> = {}): () => Response {
  return () =>
    Response.json(
      { status, title: 'No', detail: 'No.', errors },
      { status, headers: { ...headers, 'Content-Type': 'application/problem+json' } },
    );
}

const secondFactorNeeded = () =>
  Response.json(
    { status: 401, title: 'No', type: '/second-factor-required' },
    { status: 401, headers: { 'Content-Type': 'application/problem+json' } },
  );

const addressNeeded = () =>
  Response.json(
    { status: 401, title: 'No', type: '/email-verification-required' },
    { status: 401, headers: { 'Content-Type': 'application/problem+json' } },
  );

function show(page: typeof LoginPage, search = ''): ReturnType<typeof userEvent.setup> {
  window.history.replaceState(null, '', `/auth/login${search}`);
  render(
    <ApiProvider>
      <QueryClientProvider client={new QueryClient()}>{page()}</QueryClientProvider>
    </ApiProvider>,
    { wrapper: ({ children }) => children },
  );
  return userEvent.setup({ delay: null });
}

const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const password = () => screen.getByLabelText<HTMLInputElement>('Password');
const press = (user: ReturnType<typeof userEvent.setup>, name: string) => user.click(screen.getByRole('button', { name }));

beforeEach(() => {
  calls = [];
  answers = [];
  registration = 'open';
  localStorage.clear();
  document.documentElement.lang = 'en';
  vi.stubGlobal('BroadcastChannel', undefined);
  // As with TLS.
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    if (url === '/api/auth/settings') {
      return Promise.resolve(Response.json({ registration }));
    }
    const call = { path: url, body: JSON.parse(init.body as string) as unknown, key: new Headers(init.headers).get('Idempotency-Key') };
    calls.push(call);
    const answer = answers.shift();
    return answer === undefined ? Promise.reject(new TypeError('nobody answers')) : Promise.resolve(answer(call));
  });
});

afterEach(() => {
  // Leaving a page forgets its token.
  window.history.replaceState(null, '', '/elsewhere');
  window.dispatchEvent(new HashChangeEvent('hashchange'));
  cleanup();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

describe.each([
  ['/login', () => <LoginPage />, 'Sign in'],
  ['/register', () => <RegisterPage />, 'Create account'],
])('what would keep nobody signed in at %s', (_, page, button) => {
  it('is reported over plain HTTP, with how to mend it, and nothing is sent', () => {
    vi.stubGlobal('isSecureContext', false);
    show(page);
    expect(screen.getByText(/came over plain HTTP.*https:\/\/.*http:\/\/localhost/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: button }).disabled).toBe(true);
  });

  it('is reported where cookies are blocked', () => {
    vi.stubGlobal('navigator', Object.create(navigator, { cookieEnabled: { value: false } }));
    show(page);
    expect(screen.getByText(/blocks cookies/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: button }).disabled).toBe(true);
  });
});

describe('the sign-in page', () => {
  async function fill(user: ReturnType<typeof userEvent.setup>): Promise<void> {
    await user.type(field('E-mail address'), ' hanako@example.com');
    await user.type(password(), 'seven pine needles');
  }

  it('stays signed in unless the person says otherwise', async () => {
    const user = show(() => <LoginPage />);
    answers = [secondFactorNeeded, signedIn];
    await fill(user);
    await user.click(screen.getByRole('checkbox', { name: 'Keep me signed in' }));
    await press(user, 'Sign in');
    await user.type(await screen.findByRole('textbox', { name: 'Code' }), '492039');
    await press(user, 'Sign in');
    await waitFor(() => expect(navigation.replaceDocument).toHaveBeenCalled());
    expect(calls.map((call) => call.body)).toEqual([
      { email: 'hanako@example.com', password: 'seven pine needles', remember: false },
      { email: 'hanako@example.com', password: 'seven pine needles', remember: false, totp_code: '492039' },
    ]);
  });

  it('asks to confirm the address, sends the mail again, and signs in afterwards', async () => {
    const user = show(() => <LoginPage />);
    answers = [addressNeeded, addressNeeded, addressNeeded, signedIn];
    await fill(user);
    await press(user, 'Sign in');
    await screen.findByRole('heading', { name: 'Confirm your e-mail address' });
    await press(user, 'Send the mail again');
    await screen.findByText(/We've sent a new link to hanako@example.com/);
    await press(user, "I've confirmed it: sign in");
    await screen.findByText(/isn't confirmed yet/);
    await press(user, "I've confirmed it: sign in");
    await waitFor(() => expect(navigation.replaceDocument).toHaveBeenCalled());
    expect(calls.map((call) => (call.body as { resend_verification?: boolean }).resend_verification)).toEqual([
      undefined,
      true,
      undefined,
      undefined,
    ]);
  });

  it('signs in and leads back', async () => {
    const user = show(() => <LoginPage />, '?return=%2Fcrud%2Fpost%3Fid%3D7');
    answers = [signedIn];
    await fill(user);
    await press(user, 'Sign in');
    await waitFor(() => expect(navigation.replaceDocument).toHaveBeenCalledExactlyOnceWith('/crud/post?id=7'));
    expect(calls).toMatchObject([{ path: '/api/auth/login', body: { email: 'hanako@example.com', password: 'seven pine needles' } }]);
  });

  it('stays in this app for a page of it', async () => {
    const user = show(() => <LoginPage />, '?return=%2Fauth%2Faccount%2Fsessions');
    answers = [signedIn];
    await fill(user);
    await press(user, 'Sign in');
    await waitFor(() => expect(navigation.replace).toHaveBeenCalledExactlyOnceWith('/account/sessions'));
  });

  it('leads nobody to another site', async () => {
    const user = show(() => <LoginPage />, '?return=%2F%2Fevil.example');
    answers = [signedIn];
    await fill(user);
    await press(user, 'Sign in');
    await waitFor(() => expect(navigation.replaceDocument).toHaveBeenCalledExactlyOnceWith('/crud'));
  });

  it('says in one sentence that it was wrong, and puts the focus on the password', async () => {
    const user = show(() => <LoginPage />);
    answers = [problem(401)];
    await fill(user);
    await press(user, 'Sign in');
    await screen.findByText("The e-mail address or password isn't right.");
    expect(document.activeElement).toBe(password());
    expect(navigation.replaceDocument).not.toHaveBeenCalled();
  });

  it('asks for a code where the account has a second factor, and signs in with it', async () => {
    const user = show(() => <LoginPage />);
    answers = [secondFactorNeeded, secondFactorNeeded, signedIn];
    await fill(user);
    await press(user, 'Sign in');
    const code = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Code' });
    expect(document.activeElement).toBe(code);
    expect(code.autocomplete).toBe('one-time-code');
    expect(code.inputMode).toBe('numeric');
    await press(user, 'Sign in');
    expect(screen.getByText('Enter the code.')).toBeTruthy();
    await user.type(code, '12345');
    await press(user, 'Sign in');
    expect(screen.getByText(/A code from the app has 6 digits/)).toBeTruthy();
    expect(calls).toHaveLength(1);

    await user.type(code, '6');
    await press(user, 'Sign in');
    await screen.findByText(/That code isn't right/);
    expect(document.activeElement).toBe(code);
    await user.clear(code);
    await user.type(code, '654 321');
    await press(user, 'Sign in');
    await waitFor(() => expect(navigation.replaceDocument).toHaveBeenCalledExactlyOnceWith('/crud'));
    expect(calls[2]).toMatchObject({ body: { email: 'hanako@example.com', password: 'seven pine needles', totp_code: '654 321' } });
  });

  it('takes a recovery code in place of the app, and leads back to another account', async () => {
    const user = show(() => <LoginPage />);
    answers = [secondFactorNeeded, signedIn];
    await fill(user);
    await press(user, 'Sign in');
    await press(user, 'Use another account');
    expect(document.activeElement).toBe(field('E-mail address'));

    answers = [secondFactorNeeded, signedIn];
    await fill(user);
    await press(user, 'Sign in');
    await user.click(await screen.findByRole('button', { name: 'Use a recovery code' }));
    const code = field('Recovery code');
    expect(document.activeElement).toBe(code);
    expect(code.autocomplete).toBe('off');
    await user.type(code, '4K7D 9m2x-h8qv-t3wz');
    await press(user, 'Sign in');
    await waitFor(() => expect(calls.at(-1)).toMatchObject({ body: { totp_code: '4K7D 9m2x-h8qv-t3wz' } }));
  });

  it('forgets a wrong code of the app where a recovery code is entered, and says what to do about a wrong one', async () => {
    const user = show(() => <LoginPage />);
    answers = [secondFactorNeeded, secondFactorNeeded, secondFactorNeeded];
    await fill(user);
    await press(user, 'Sign in');
    await user.type(await screen.findByRole('textbox', { name: 'Code' }), '654321');
    await press(user, 'Sign in');
    await screen.findByText(/Wait for the next one/);
    await press(user, 'Use a recovery code');
    expect(field('Recovery code').value).toBe('');
    expect(screen.queryByText(/Wait for the next one/)).toBeNull();
    await user.type(field('Recovery code'), '4k7d-9m2x-h8qv-t3wz');
    await press(user, 'Sign in');
    await screen.findByText(/take another one from your list/);
  });

  it('says how long to wait', async () => {
    const user = show(() => <LoginPage />);
    answers = [problem(429, undefined, { 'Retry-After': '42' })];
    await fill(user);
    await press(user, 'Sign in');
    await screen.findByText('Too many attempts. Please try again in 42 seconds.');
  });

  it('keeps what was entered while nobody answers', async () => {
    const user = show(() => <LoginPage />);
    await fill(user);
    await press(user, 'Sign in');
    await screen.findByText(/can't be reached/);
    expect(password().value).toBe('seven pine needles');
  });

  it('asks for what is missing before it sends anything', async () => {
    const user = show(() => <LoginPage />);
    await press(user, 'Sign in');
    expect(screen.getByText('Enter your e-mail address.')).toBeTruthy();
    expect(document.activeElement).toBe(field('E-mail address'));
    expect(calls).toEqual([]);
  });

  it('sends once for two presses', async () => {
    const user = show(() => <LoginPage />);
    answers = [signedIn, signedIn];
    await fill(user);
    await user.dblClick(screen.getByRole('button', { name: 'Sign in' }));
    await waitFor(() => expect(navigation.replaceDocument).toHaveBeenCalledOnce());
    expect(calls).toHaveLength(1);
  });

  it('hides the password, takes a pasted one, and shows it to whoever wants to see it', async () => {
    const user = show(() => <LoginPage />);
    await user.click(password());
    await user.paste('seven pine needles');
    expect(password().value).toBe('seven pine needles');
    expect(password().type).toBe('password');
    await press(user, 'Show password');
    expect(password().type).toBe('text');
    expect(screen.getByRole('button', { name: 'Show password' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('says why somebody was led here, and takes no words from the address', () => {
    show(() => <LoginPage />, '?notice=ended');
    expect(screen.getByText(/You've been signed out/)).toBeTruthy();
    cleanup();
    show(() => <LoginPage />, '?notice=toString');
    expect(screen.queryByText(/function/)).toBeNull();
  });

  it('keeps the way back on the way to the other form', () => {
    show(() => <LoginPage />, '?return=%2Fcrud%2Fpost%3Fid%3D7');
    expect(screen.getByRole('link', { name: 'Create an account' }).getAttribute('href')).toBe('/register?return=%2Fcrud%2Fpost%3Fid%3D7');
  });
});

describe('the registration page', () => {
  async function fill(user: ReturnType<typeof userEvent.setup>): Promise<void> {
    await user.type(field('Name'), 'hanako');
    await user.type(field('E-mail address'), 'hanako@example.com');
    await user.type(password(), 'seven pine needles');
  }

  it('makes an account and signs in with it', async () => {
    const user = show(() => <RegisterPage />);
    answers = [registered, signedIn];
    await fill(user);
    await press(user, 'Create account');
    await waitFor(() => expect(navigation.replaceDocument).toHaveBeenCalledExactlyOnceWith('/crud'));
    expect(calls.map((call) => call.path)).toEqual(['/api/auth/register', '/api/auth/login']);
  });

  it('asks to confirm the address where that comes before signing in', async () => {
    const user = show(() => <RegisterPage />);
    answers = [registered, addressNeeded];
    await fill(user);
    await press(user, 'Create account');
    await screen.findByRole('heading', { name: 'Confirm your e-mail address' });
  });

  it('leaves it to a mail to say what came of it, where the server does not', async () => {
    const user = show(() => <RegisterPage />);
    answers = [() => new Response(null, { status: 202 })];
    await fill(user);
    await press(user, 'Create account');
    await screen.findByText(/We've sent a mail to hanako@example.com/);
    expect(calls.map((call) => call.path)).toEqual(['/api/auth/register']);
  });

  it.each([
    ['closed', /New accounts can't be created here/],
    ['invited', /You need an invitation/],
  ])('has no form where registration is %s, and leads to the sign-in page', async (mode, text) => {
    registration = mode;
    show(() => <RegisterPage />);
    await screen.findByText(text);
    expect(screen.queryByRole('button', { name: 'Create account' })).toBeNull();
    expect(screen.getByRole('link', { name: 'Sign in' })).toBeTruthy();
  });

  it('takes an invitation with its address', async () => {
    registration = 'invited';
    const user = show(() => <RegisterPage />, '?a#token=abc&email=hanako%40example.com');
    answers = [registered, signedIn];
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'hanako');
    expect(field('E-mail address').value).toBe('hanako@example.com');
    expect(field('E-mail address').readOnly).toBe(true);
    expect(window.location.hash).toBe('');
    await user.type(password(), 'seven pine needles');
    await press(user, 'Create account');
    await waitFor(() => expect(navigation.replaceDocument).toHaveBeenCalled());
    expect(calls[0]?.body).toEqual({
      username: 'hanako',
      email: 'hanako@example.com',
      password: 'seven pine needles',
      invitation: 'abc',
    });
  });

  it('says so if the invitation no longer works', async () => {
    const user = show(() => <RegisterPage />, '?b#token=old&email=hanako%40example.com');
    answers = [problem(410)];
    await user.type(field('Name'), 'hanako');
    await user.type(password(), 'seven pine needles');
    await press(user, 'Create account');
    await screen.findByText(/This invitation no longer works/);
  });

  it('says nothing while somebody types, and once they left the field', async () => {
    const user = show(() => <RegisterPage />);
    await user.type(field('Name'), 'ha');
    expect(screen.queryByText('A name must have 3 to 32 characters.')).toBeNull();
    await user.tab();
    expect(screen.getByText('A name must have 3 to 32 characters.')).toBeTruthy();
    await user.type(field('Name'), 'n');
    expect(screen.queryByText('A name must have 3 to 32 characters.')).toBeNull();
  });

  it('does not nag about what was only passed by', async () => {
    const user = show(() => <RegisterPage />);
    await user.click(field('Name'));
    await user.tab();
    expect(screen.queryByText('Choose a name.')).toBeNull();
  });

  it.each([
    [409, 'email', 'An account with this address already exists.', 'email'],
    [409, 'username', 'That name, or one that looks like it, is taken.', 'username'],
    [422, 'username', "Use one script: Latin and Cyrillic letters, for example, can't be mixed.", 'username'],
    [
      422,
      'password',
      "That password is easy to guess: it's common, known from a data breach, or based on your name or address. Choose another.",
      'password',
    ],
  ])('shows what the server rejects (%i %s) at the field', async (status, name, text, focused) => {
    const user = show(() => <RegisterPage />);
    answers = [problem(status, { [name]: ['No.'] })];
    await fill(user);
    await press(user, 'Create account');
    await screen.findByText(text);
    expect((document.activeElement as HTMLInputElement).name).toBe(focused);
  });

  it('tries again under the same key until the account is another', async () => {
    const user = show(() => <RegisterPage />);
    await fill(user);
    await press(user, 'Create account');
    await screen.findByText(/can't be reached/);
    await press(user, 'Create account');
    await waitFor(() => expect(calls).toHaveLength(2));
    await screen.findByText(/can't be reached/);
    await user.type(field('Name'), '2');
    await press(user, 'Create account');
    await waitFor(() => expect(calls).toHaveLength(3));
    const keys = calls.map((call) => call.key);
    expect(keys[0]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('speaks Japanese', () => {
    document.documentElement.lang = 'ja';
    show(() => <RegisterPage />);
    expect(screen.getByRole('button', { name: 'アカウントを作成する' })).toBeTruthy();
  });
});
