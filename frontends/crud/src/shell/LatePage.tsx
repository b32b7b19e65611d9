'use client';

import { PageTitle, useTexts } from '@kumiko/ui';
import { Suspense, type ReactNode } from 'react';
import { messages } from '../messages';
import { LoadingPosts } from '../post/PostSkeleton';

/** A page that depends on its query, which is unknown when the files are built. */
export function LatePage({ kind, count, children }: { kind: 'permalink' | 'author' | 'search'; count?: number; children: ReactNode }) {
  const texts = useTexts(messages);
  return (
    <PageTitle title={texts[kind]}>
      <Suspense fallback={<LoadingPosts count={count} />}>{children}</Suspense>
    </PageTitle>
  );
}
