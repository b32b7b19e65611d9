'use client';

import { useApi } from '@kumiko/api-client';
import { Button, useTexts } from '@kumiko/ui';
import type { SubmitEvent } from 'react';
import { useFields } from '../forms/fields';
import { FormProblem } from '../forms/FormProblem';
import { PasswordField } from '../forms/PasswordField';
import { PasswordStrength } from '../forms/PasswordStrength';
import { hasAny, rejectedFields, type Meanings } from '../forms/rejections';
import { newPasswordRule } from '../forms/rules';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';

const meanings: Meanings<'newPassword'> = { 422: { new_password: ['newPassword', 'passwordCommon'] } };

interface Props {
  /** Undefined until the scripts run. */
  token: string | undefined;
  onDone: () => void;
  onFailed: (error: unknown) => void;
}

export function ResetForm({ token, onDone, onFailed }: Props) {
  const texts = useTexts(messages);
  const { account } = useApi();
  const { hydrate, ...fields } = useFields({ newPassword: '' }, { newPassword: newPasswordRule });
  const reset = useSubmission({
    mutationFn: ({ newPassword }: typeof fields.values) => account.resetPassword({ token: token ?? '', new_password: newPassword }),
  });

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    if (token === undefined || reset.isPending || !fields.check(form)) {
      return;
    }
    reset.mutate(fields.values, {
      onSuccess: onDone,
      onError: (error) => {
        fields.reject(form, rejectedFields(error, meanings));
        onFailed(error);
      },
    });
  }

  return (
    <form ref={hydrate} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
      <FormProblem error={hasAny(rejectedFields(reset.error, meanings)) ? null : reset.error} />
      <PasswordField
        field={fields.bind('newPassword')}
        readOnly={reset.isPending}
        label={texts.newPassword}
        autoComplete="new-password"
        hint={texts.passwordHint}
        below={<PasswordStrength password={fields.values.newPassword} isRejected={fields.problemOf('newPassword') === 'passwordCommon'} />}
      />
      <Button kind="primary" type="submit" busy={reset.isPending} className="mt-1 min-h-12!">
        {texts.changePassword}
      </Button>
    </form>
  );
}
