'use client';

import { useSession } from '@kumiko/api-client';
import { AppShell, PageTitle, Spinner, useSharedTexts, useTexts } from '@kumiko/ui';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { messages } from '../messages';

/** Redirects: signed-in users to the account, others to the sign-in page. */
export function IndexPage() {
  const texts = useTexts(messages);
  const shared = useSharedTexts();
  const { status } = useSession();
  const router = useRouter();

  useEffect(() => {
    if (status !== 'loading') {
      router.replace(status === 'signed-in' ? '/account' : '/login');
    }
  }, [status, router]);

  return (
    <AppShell signIn={false}>
      <PageTitle title={texts.account} />
      <h1 className="sr-only">{texts.account}</h1>
      <p role="status" className="flex items-center justify-center gap-3 py-24 text-muted">
        <Spinner /> {shared.loading}
      </p>
    </AppShell>
  );
}
