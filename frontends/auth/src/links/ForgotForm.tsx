'use client';

import { useApi } from '@kumiko/api-client';
import { Button, TextField, useTexts } from '@kumiko/ui';
import type { SubmitEvent } from 'react';
import { useFields } from '../forms/fields';
import { FormProblem } from '../forms/FormProblem';
import { hasAny, rejectedFields, type Meanings } from '../forms/rejections';
import { emailRule } from '../forms/rules';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';

const meanings: Meanings<'email'> = { 422: { email: ['email', 'emailForm'] } };

/** Asks for the address of the account; `email` is what to begin with. */
export function ForgotForm({ email, onSent }: { email: string; onSent: (email: string) => void }) {
  const texts = useTexts(messages);
  const { account } = useApi();
  const { hydrate, ...fields } = useFields({ email }, { email: emailRule });
  const request = useSubmission({ mutationFn: (body: typeof fields.values) => account.forgotPassword(body) });

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    if (request.isPending || !fields.check(form)) {
      return;
    }
    request.mutate(fields.values, {
      onSuccess: () => onSent(fields.values.email),
      onError: (error) => fields.reject(form, rejectedFields(error, meanings)),
    });
  }

  return (
    <form ref={hydrate} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
      <FormProblem error={hasAny(rejectedFields(request.error, meanings)) ? null : request.error} />
      <TextField
        {...fields.bind('email')}
        readOnly={request.isPending}
        label={texts.email}
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        // eslint-disable-next-line jsx-a11y/no-autofocus -- The person came back to correct the address, and the button for it is gone.
        autoFocus={email !== ''}
        required
      />
      <Button kind="primary" type="submit" busy={request.isPending} className="mt-1 min-h-12!">
        {texts.sendLink}
      </Button>
    </form>
  );
}
