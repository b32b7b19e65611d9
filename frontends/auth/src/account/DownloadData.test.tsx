import { ApiProvider } from '@kumiko/api-client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DownloadData } from './DownloadData';
import { StepUp } from './StepUp';

let answers: (() => Response)[];
let saved: string[];

function collecting(): Response {
  const body = { created_at: '2026-11-29T12:00:00.000Z', expires_at: '2026-11-29T13:00:00.000Z', waiting_for: ['posts'] };
  return Response.json(body, { status: 202, headers: { 'Retry-After': '2' } });
}

function zip(): Response {
  const headers = { 'Content-Type': 'application/zip', 'Content-Disposition': 'attachment; filename="kumiko-2026-11-29.zip"' };
  return new Response('PK', { status: 200, headers });
}

function show(): void {
  render(
    <ApiProvider>
      <QueryClientProvider client={new QueryClient()}>
        <StepUp>
          <DownloadData />
        </StepUp>
      </QueryClientProvider>
    </ApiProvider>,
  );
}

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  answers = [];
  saved = [];
  document.documentElement.lang = 'en';
  vi.stubGlobal('BroadcastChannel', undefined);
  vi.stubGlobal('fetch', (url: string) =>
    Promise.resolve(url.endsWith('/me/export') ? (answers.shift() ?? zip)() : Response.json({ status: 401 }, { status: 401 })),
  );
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }));
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
    saved.push(this.download);
  });
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('asks again while parts are missing, says so, and saves the file', async () => {
  answers = [collecting, collecting];
  const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
  show();
  await user.click(screen.getByRole('button', { name: 'Download my data' }));
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Download my data' }).disabled).toBe(true);
  await screen.findByText(/^Still collecting/);
  await vi.advanceTimersByTimeAsync(4_100);
  await waitFor(() => expect(saved).toEqual(['kumiko-2026-11-29.zip']));
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe(''));
});

it('says what went wrong and lets the person try again', async () => {
  answers = [() => Response.json({ status: 429, title: 'Too many' }, { status: 429, headers: { 'Retry-After': '3600' } })];
  const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
  show();
  await user.click(screen.getByRole('button', { name: 'Download my data' }));
  expect((await screen.findByRole('alert')).textContent).toContain('60 minutes');
  await user.click(screen.getByRole('button', { name: 'Download my data' }));
  await waitFor(() => expect(saved).toHaveLength(1));
});
