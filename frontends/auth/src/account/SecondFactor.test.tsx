import { ApiProvider } from '@kumiko/api-client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SecondFactor } from './SecondFactor';
import { SignedInOnly } from './SignedInOnly';
import { StepUp } from './StepUp';

vi.mock('next/navigation', () => ({ useRouter: () => ({ replace: vi.fn() }) }));

const hanako = {
  id: 7,
  email: 'hanako@example.com',
  username: 'hanako',
  email_verified: false,
  role: 'member',
  created_at: '2026-11-01T00:00:00.000Z',
  updated_at: '2026-11-01T00:00:00.000Z',
};
const codes = ['4k7d-9m2x-h8qv-t3wz', 'c6rn-1b5y-j0gf-p7se'] as const;

let isOn: boolean;
let isRecent: boolean;
let sent: { method: string; path: string; body: unknown }[];

function problem(status: number, members: object): Response {
  return Response.json({ status, title: 'No', ...members }, { status, headers: { 'Content-Type': 'application/problem+json' } });
}

function answer(method: string, path: string, body: { code?: string; totp_code?: string; password?: string }): Response {
  const user = { ...hanako, second_factor: isOn, passkeys: 0 };
  const tokens = { access_token: 'a', token_type: 'Bearer', expires_in: 600, user };
  switch (`${method} ${path}`) {
    case 'POST /api/auth/refresh':
      return Response.json(tokens);
    case 'GET /api/auth/me':
      return Response.json(user);
    case 'POST /api/auth/reauthenticate':
      if (body.password !== 'seven pine needles') {
        return problem(422, { errors: { password: ['Wrong.'] } });
      }
      isRecent = true;
      return Response.json(tokens);
    case 'POST /api/auth/me/totp':
      return isRecent
        ? Response.json({ secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', uri: 'otpauth://totp/x', qr: 'data:image/svg+xml;base64,PHN2Zy8+' })
        : problem(401, { type: '/recent-sign-in-required' });
    case 'POST /api/auth/me/totp/confirm':
      if (body.code !== '123456') {
        return problem(422, { errors: { code: ['Wrong.'] } });
      }
      isOn = true;
      return Response.json({ recovery_codes: codes });
    case 'DELETE /api/auth/me/totp':
      if (body.totp_code !== codes[0]) {
        return problem(422, { errors: { totp_code: ['Wrong.'] } });
      }
      isOn = false;
      return new Response(null, { status: 204 });
    default:
      return problem(404, {});
  }
}

async function show(): Promise<ReturnType<typeof userEvent.setup>> {
  const user = userEvent.setup({ delay: null });
  render(
    <ApiProvider>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <SignedInOnly>
          <StepUp>
            <SecondFactor />
          </StepUp>
        </SignedInOnly>
      </QueryClientProvider>
    </ApiProvider>,
  );
  await screen.findByRole('button', { name: isOn ? 'Turn off…' : 'Set up' });
  return user;
}

beforeEach(() => {
  isOn = false;
  isRecent = true;
  sent = [];
  localStorage.setItem('kumiko.signed-in', '1');
  document.documentElement.lang = 'en';
  vi.stubGlobal('BroadcastChannel', undefined);
  vi.stubGlobal('fetch', (url: string, init: RequestInit = {}) => {
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as object) : {};
    sent.push({ method: init.method ?? 'GET', path: url, body });
    return Promise.resolve(answer(init.method ?? 'GET', url, body));
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('sets the app up, takes its first code and shows the recovery codes until they are kept', async () => {
  const user = await show();
  await user.click(screen.getByRole('button', { name: 'Set up' }));
  const picture = await screen.findByRole<HTMLImageElement>('img', { name: 'QR code for the authenticator app' });
  expect(picture.src).toBe('data:image/svg+xml;base64,PHN2Zy8+');
  expect(screen.getAllByText('JBSW')).toHaveLength(2);

  const code = screen.getByRole('textbox', { name: 'Code' });
  await user.type(code, '000000');
  await user.click(screen.getByRole('button', { name: 'Turn on' }));
  await screen.findByText(/That code isn't right/);
  await user.clear(code);
  await user.type(code, '123456');
  await user.click(screen.getByRole('button', { name: 'Turn on' }));
  const heading = await screen.findByRole('heading', { name: 'Keep these recovery codes' });
  expect(document.activeElement).toBe(heading);
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(codes);

  await user.click(screen.getByRole('button', { name: "I've kept them" }));
  const on = await screen.findByText('On. Signing in takes a code from your app.');
  expect(document.activeElement?.contains(on)).toBe(true);
  expect(document.activeElement).not.toBe(document.body);
  expect(screen.queryByText(codes[0])).toBeNull();
});

it('asks for the password where the sign-in was too long ago, and goes on by itself', async () => {
  isRecent = false;
  const user = await show();
  await user.click(screen.getByRole('button', { name: 'Set up' }));
  await screen.findByRole('dialog', { name: "Confirm that it's you" });
  await user.type(screen.getByLabelText('Password'), 'wrong password');
  await user.click(screen.getByRole('button', { name: 'Continue' }));
  await screen.findByText("That password isn't right.");
  await user.clear(screen.getByLabelText('Password'));
  await user.type(screen.getByLabelText('Password'), 'seven pine needles');
  await user.click(screen.getByRole('button', { name: 'Continue' }));
  await screen.findByRole('img', { name: 'QR code for the authenticator app' });
});

it('does nothing when the person declines to prove it', async () => {
  isRecent = false;
  const user = await show();
  await user.click(screen.getByRole('button', { name: 'Set up' }));
  await screen.findByRole('dialog', { name: "Confirm that it's you" });
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Set up' }).disabled).toBe(false));
  expect(screen.queryByRole('alert', { name: /./ })).toBeNull();
  expect(sent.some(({ path }) => path.endsWith('/reauthenticate'))).toBe(false);
});

it('is turned off with the password and a recovery code', async () => {
  isOn = true;
  const user = await show();
  await user.click(screen.getByRole('button', { name: 'Turn off…' }));
  await screen.findByRole('dialog', { name: 'Turn off two-step sign-in?' });
  // Not the button that closes the dialog.
  expect(document.activeElement).toBe(screen.getByLabelText('Password'));
  await user.type(screen.getByLabelText('Password'), 'seven pine needles');
  await user.click(screen.getByRole('button', { name: 'Use a recovery code' }));
  await user.type(screen.getByRole('textbox', { name: 'Recovery code' }), codes[1]);
  await user.click(screen.getByRole('button', { name: 'Turn off' }));
  await screen.findByText(/That recovery code isn't right.*from your list/);
  await user.clear(screen.getByRole('textbox', { name: 'Recovery code' }));
  await user.type(screen.getByRole('textbox', { name: 'Recovery code' }), codes[0]);
  await user.click(screen.getByRole('button', { name: 'Turn off' }));
  await screen.findByRole('button', { name: 'Set up' });
});

it('keeps the focus where it was when the app is shown, and when the person cancels', async () => {
  const user = await show();
  await user.click(screen.getByRole('button', { name: 'Set up' }));
  const place = (await screen.findByRole('button', { name: 'Cancel' })).closest('[tabindex="-1"]');
  expect(document.activeElement).toBe(place);
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  await screen.findByRole('button', { name: 'Set up' });
  expect(document.activeElement).toBe(place);
});
