'use client';

import { ApiProvider, retryPassing } from '@kumiko/api-client';
import { OfflineBanner, RevealPage, Toasts } from '@kumiko/ui';
import { focusManager, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';

// Of its own TanStack Query sees only tabs that come to the front, and not windows beside each other.
function watchFocus(): () => void {
  function look(): void {
    focusManager.onFocus();
  }
  window.addEventListener('focus', look);
  return () => window.removeEventListener('focus', look);
}

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { retry: retryPassing, staleTime: 15_000 },
          // Offline, a person who presses a button hears so at once.
          mutations: { networkMode: 'always' },
        },
      }),
  );
  useEffect(watchFocus, []);
  return (
    <ApiProvider>
      <QueryClientProvider client={client}>
        <Toasts>{children}</Toasts>
        <OfflineBanner />
        <RevealPage />
      </QueryClientProvider>
    </ApiProvider>
  );
}
