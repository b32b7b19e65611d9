'use client';

import { buttonClass, EmptyState, useTexts } from '@kumiko/ui';
import { PageLink } from '@kumiko/ui/next/link';
import type { ReactNode } from 'react';
import { useUser } from '../account/SignedInOnly';
import { adminMessages } from './messages';

/** Shows its children to admins. The server decides; this only says why there is nothing to see. */
export function AdminsOnly({ children }: { children: ReactNode }) {
  const texts = useTexts(adminMessages);
  const { role } = useUser();
  if (role === 'admin') {
    return children;
  }
  return (
    <EmptyState
      title={texts.notAdminTitle}
      action={
        <PageLink href="/account" className={buttonClass('secondary')}>
          {texts.toAccount}
        </PageLink>
      }
    >
      {texts.notAdmin}
    </EmptyState>
  );
}
