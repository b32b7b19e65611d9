'use client';

import { ApiProvider, retryPassing } from '@kumiko/api-client';
import { OfflineBanner, RevealPage, StayInside, Toasts } from '@kumiko/ui';
import { onlineManager, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { BoardProvider } from './board/context';
import { LiveUpdates } from './board/LiveUpdates';
import { Goodbye } from './shell/Goodbye';
import { KeepPages } from './shell/KeepPages';

// onlineManager only receives changes, and a page may come from the cache.
if (typeof navigator !== 'undefined' && !navigator.onLine) {
  onlineManager.setOnline(false);
}

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: retryPassing, staleTime: 15_000 } } }));
  return (
    <ApiProvider>
      <QueryClientProvider client={client}>
        <BoardProvider>
          <Toasts>
            {children}
            <Goodbye />
            <StayInside />
          </Toasts>
          <LiveUpdates />
          <KeepPages />
        </BoardProvider>
        <OfflineBanner />
        <RevealPage />
      </QueryClientProvider>
    </ApiProvider>
  );
}
