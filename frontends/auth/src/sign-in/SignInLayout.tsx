'use client';

import { useSession } from '@kumiko/api-client';
import { useEffect, type ReactNode } from 'react';
import { SignInFrame } from './SignInFrame';
import { useRedirectBack } from './useRedirectBack';

/** The page around a sign-in or registration form. Redirects people who are signed in, already or now. */
export function SignInLayout(page: { title: string; lead: string | null; isPending?: boolean; children: ReactNode }) {
  const { status } = useSession();
  const redirectBack = useRedirectBack();

  useEffect(() => {
    if (status === 'signed-in') {
      redirectBack();
    }
  }, [status, redirectBack]);

  return <SignInFrame {...page} needsCookies />;
}
