'use client';

import { ProblemError } from '@kumiko/api-client';
import { Button, buttonClass, EmptyState, ErrorState, useTexts } from '@kumiko/ui';
import { PageLink } from '@kumiko/ui/next/link';
import { useStepUp } from '../account/StepUp';
import { adminMessages } from './messages';

interface Props {
  error: Error;
  /** Reads again. Rejects if reading fails again. */
  onRetry: () => Promise<unknown>;
}

/** What a page for admins shows if it could not be read: what the person can do about it, where the API demands a second factor. */
export function AdminError({ error, onRetry }: Props) {
  const texts = useTexts(adminMessages);
  const withProof = useStepUp();
  const need = error instanceof ProblemError ? error.need : null;
  if (need === 'second-factor-setup') {
    return (
      <EmptyState
        title={texts.factorTitle}
        action={
          <PageLink href="/account/security" className={buttonClass('primary')}>
            {texts.toFactors}
          </PageLink>
        }
      >
        {texts.factorText}
      </EmptyState>
    );
  }
  if (need === 'recent-sign-in') {
    return (
      <EmptyState
        title={texts.proofTitle}
        action={
          <Button kind="primary" onClick={() => void withProof(onRetry).catch(() => undefined)}>
            {texts.prove}
          </Button>
        }
      >
        {texts.proofText}
      </EmptyState>
    );
  }
  return <ErrorState error={error} onRetry={() => void onRetry().catch(() => undefined)} />;
}
