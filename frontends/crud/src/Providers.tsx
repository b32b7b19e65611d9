'use client';

import { ApiProvider, retryPassing } from '@kumiko/api-client';
import { OfflineBanner, RevealPage, Toasts } from '@kumiko/ui';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Goodbye } from './components/Goodbye';
import { BoardProvider } from './posts/context';
import { LiveUpdates } from './posts/LiveUpdates';

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: retryPassing, staleTime: 15_000 } } }));
  return (
    <ApiProvider>
      <QueryClientProvider client={client}>
        <BoardProvider>
          <Toasts>
            {children}
            <Goodbye />
          </Toasts>
          <LiveUpdates />
        </BoardProvider>
        <OfflineBanner />
        <RevealPage />
      </QueryClientProvider>
    </ApiProvider>
  );
}
