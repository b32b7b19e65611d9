'use client';

import { useApi } from '@kumiko/api-client';
import { Button, useTexts, useToast } from '@kumiko/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Mail } from 'lucide-react';
import { FormProblem } from '../forms/FormProblem';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';
import { useUser } from './SignedInOnly';

/** Asks to prove the address, or the one that is to replace it. Nothing if there is nothing to prove. */
export function AddressStatus() {
  const texts = useTexts(messages);
  const { account, session } = useApi();
  const user = useUser();
  const client = useQueryClient();
  const showToast = useToast();
  const pending = user.pending_email;
  const resend = useSubmission({
    mutationFn: () => account.resendVerification(),
    onSuccess: () => showToast({ message: texts.linkSent(pending ?? user.email) }),
  });
  const cancel = useSubmission({
    mutationFn: () => account.updateMe({ email: user.email }),
    onSuccess: (changed) => {
      session.update(changed);
      client.setQueryData(['me'], changed);
    },
  });

  if (pending === null && user.email_verified) {
    return null;
  }
  return (
    <section aria-label={texts.addressStatus} className="flex flex-col gap-4 rounded-lg border border-line bg-accent-soft p-4 sm:p-5">
      <FormProblem error={resend.error ?? cancel.error} />
      <div className="flex gap-3">
        <Mail aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent" />
        <p className="min-w-0 wrap-anywhere">{pending === null ? texts.unverified(user.email) : texts.pendingAddress(pending)}</p>
      </div>
      <div className="flex flex-wrap gap-2 sm:pl-8">
        <Button busy={resend.isPending} onClick={() => resend.mutate()}>
          {texts.sendAgain}
        </Button>
        {pending !== null && (
          <Button busy={cancel.isPending} onClick={() => cancel.mutate()}>
            {texts.keepOldAddress}
          </Button>
        )}
      </div>
    </section>
  );
}
