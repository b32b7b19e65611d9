import { ApiProvider, ProblemError } from '@kumiko/api-client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StepUp } from '../account/StepUp';
import { AdminError } from './AdminError';

vi.mock('../account/StepUpDialog', () => ({ default: () => <div role="dialog" /> }));
vi.mock('next/navigation', () => ({ useRouter: () => ({ replace: vi.fn() }) }));

function show(error: Error, onRetry: () => Promise<unknown> = () => Promise.resolve()): void {
  render(
    <ApiProvider>
      <QueryClientProvider client={new QueryClient()}>
        <StepUp>
          <AdminError error={error} onRetry={onRetry} />
        </StepUp>
      </QueryClientProvider>
    </ApiProvider>,
  );
}

beforeEach(() => {
  localStorage.clear();
  document.documentElement.lang = 'en';
  vi.stubGlobal('BroadcastChannel', undefined);
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('leads an admin without a second factor to where it is set up', () => {
  show(new ProblemError(403, { type: '/second-factor-setup-required' }));
  expect(screen.getByText('Set up two-step sign-in or a passkey first')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Set it up' }).getAttribute('href')).toBe('/account/security');
});

it('asks an admin who signed in with the password alone for a proof, and reads again', async () => {
  const error = new ProblemError(401, { type: '/recent-sign-in-required' });
  const retry = vi.fn(() => Promise.reject(error));
  show(error, retry);
  await userEvent.click(screen.getByRole('button', { name: 'Confirm' }));
  expect(retry).toHaveBeenCalledOnce();
  expect(await screen.findByRole('dialog')).toBeTruthy();
});

it('shows every other failure as it is', () => {
  show(new ProblemError(503, { title: 'Away' }));
  expect(screen.queryByText('Set up two-step sign-in or a passkey first')).toBeNull();
  expect(screen.getByRole('alert')).toBeTruthy();
});
