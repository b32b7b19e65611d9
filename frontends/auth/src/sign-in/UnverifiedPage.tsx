'use client';

import { ProblemError, useSession } from '@kumiko/api-client';
import { Button, useTexts } from '@kumiko/ui';
import { MailCheck } from 'lucide-react';
import { FormProblem } from '../forms/FormProblem';
import { useSubmission } from '../forms/submission';
import { Outcome } from '../forms/Outcome';
import { messages } from '../messages';
import type { Credentials } from './credentials';
import { SignInLayout } from './SignInLayout';

/** Asks a person who knows the password to confirm the address, and then signs in: here, wherever the link was opened. */
export function UnverifiedPage({ credentials, onBack }: { credentials: Credentials; onBack: () => void }) {
  const texts = useTexts(messages);
  const { status, signIn } = useSession();
  const entry = useSubmission({
    mutationFn: (resend: boolean) => signIn({ ...credentials, ...(resend && { resend_verification: true }) }),
  });
  const isStill = entry.error instanceof ProblemError && entry.error.need === 'verified-email';
  const isAgain = entry.variables ?? false;
  const wasSent = isStill && isAgain;
  const isBusy = entry.isPending || status === 'signed-in';

  return (
    <SignInLayout title={texts.unverifiedTitle} lead={texts.unverifiedLead}>
      <div className="flex flex-col gap-5">
        <Outcome icon={MailCheck} text={wasSent ? texts.linkSentAgain(credentials.email) : texts.linkWaits(credentials.email)} />
        <FormProblem
          error={wasSent ? null : entry.error}
          meanings={isStill ? { 401: texts.stillUnverified } : { 401: texts.wrongSignIn }}
        />
        <Button kind="primary" busy={isBusy && !isAgain} className="min-h-12!" onClick={() => entry.mutate(false)}>
          {texts.verifiedSignIn}
        </Button>
        <Button busy={entry.isPending && isAgain} className="min-h-12!" onClick={() => entry.mutate(true)}>
          {texts.sendAgain}
        </Button>
        <Button kind="quiet" onClick={onBack}>
          {texts.otherAccount}
        </Button>
      </div>
    </SignInLayout>
  );
}
