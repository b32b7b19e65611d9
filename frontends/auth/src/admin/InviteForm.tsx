'use client';

import { newKey, useApi } from '@kumiko/api-client';
import { Button, TextField, useTexts, useToast } from '@kumiko/ui';
import { useQueryClient } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { useStepUp } from '../account/StepUp';
import { useFields } from '../forms/fields';
import { FormProblem } from '../forms/FormProblem';
import { hasAny, rejectedFields, type Meanings } from '../forms/rejections';
import { emailRule } from '../forms/rules';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';
import { adminMessages } from './messages';

const meanings: Meanings<'email'> = { 409: { email: ['email', 'emailTaken'] }, 422: { email: ['email', 'emailForm'] } };

/** Invites somebody by mail. */
export function InviteForm() {
  const texts = useTexts(adminMessages);
  const { email: emailLabel } = useTexts(messages);
  const { administration } = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const withProof = useStepUp();
  const { hydrate, ...fields } = useFields({ email: '' }, { email: emailRule });
  const invite = useSubmission({
    mutationFn: ({ email }: typeof fields.values) => withProof(() => administration.createInvitation({ email }, newKey())),
  });

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    if (invite.isPending || !fields.check(form)) {
      return;
    }
    invite.mutate(fields.values, {
      onSuccess: ({ email }) => {
        fields.reset();
        void client.invalidateQueries({ queryKey: ['invitations'] });
        toast({ message: texts.invited(email) });
      },
      onError: (error) => fields.reject(form, rejectedFields(error, meanings)),
    });
  }

  return (
    <form ref={hydrate} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
      <FormProblem error={hasAny(rejectedFields(invite.error, meanings)) ? null : invite.error} meanings={{ 409: texts.inviteConflict }} />
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_auto]">
        <TextField
          {...fields.bind('email')}
          readOnly={invite.isPending}
          label={emailLabel}
          hint={texts.inviteHint}
          type="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
        {/* Beside the field, not beside its hint. */}
        <Button kind="primary" type="submit" busy={invite.isPending} className="min-h-12! sm:mt-[1.875rem] sm:self-start">
          {texts.invite}
        </Button>
      </div>
    </form>
  );
}
