'use client';

import { ApiProvider, retryPassing } from '@kumiko/api-client';
import { OfflineBanner, RevealPage, StayInside, Toasts } from '@kumiko/ui';
import { focusManager, MutationCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';

// By itself, TanStack Query notices only tabs that come to the front, and not windows side by side.
function watchFocus(): () => void {
  function look(): void {
    focusManager.onFocus();
  }
  window.addEventListener('focus', look);
  return () => window.removeEventListener('focus', look);
}

function newClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: { retry: retryPassing, staleTime: 15_000 },
      // Offline, a mutation fails at once, so that the person gets an answer when pressing a button.
      mutations: { networkMode: 'always' },
    },
    // Whatever a person does to an account is among what happened to it.
    mutationCache: new MutationCache({ onSettled: () => void client.invalidateQueries({ queryKey: ['activity'] }) }),
  });
  return client;
}

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(newClient);
  useEffect(watchFocus, []);
  return (
    <ApiProvider>
      <QueryClientProvider client={client}>
        <Toasts>
          {children}
          <StayInside />
        </Toasts>
        <OfflineBanner />
        <RevealPage />
      </QueryClientProvider>
    </ApiProvider>
  );
}
