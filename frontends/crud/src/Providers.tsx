'use client';

import { ApiProvider, ProblemError } from '@kumiko/api-client';
import { RevealPage, Toasts } from '@kumiko/ui';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { BoardProvider } from './posts/context';
import { LiveUpdates } from './posts/LiveUpdates';

// What the server refuses it refuses again; what is away may come back.
function shouldRetry(failures: number, error: Error): boolean {
  return failures < 2 && error instanceof ProblemError && error.isPassing;
}

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: shouldRetry, staleTime: 15_000 } } }));
  return (
    <ApiProvider>
      <QueryClientProvider client={client}>
        <BoardProvider>
          <Toasts>{children}</Toasts>
          <LiveUpdates />
        </BoardProvider>
        <RevealPage />
      </QueryClientProvider>
    </ApiProvider>
  );
}
