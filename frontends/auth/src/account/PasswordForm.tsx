'use client';

import { useApi } from '@kumiko/api-client';
import { Button, useTexts, useToast } from '@kumiko/ui';
import { useQueryClient } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { useFields } from '../forms/fields';
import { FormProblem } from '../forms/FormProblem';
import { PasswordField } from '../forms/PasswordField';
import { PasswordStrength } from '../forms/PasswordStrength';
import { hasAny, rejectedFields, type Meanings } from '../forms/rejections';
import { newPasswordRule, passwordRule } from '../forms/rules';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';
import { useUser } from './SignedInOnly';

const meanings: Meanings<'currentPassword' | 'newPassword'> = {
  422: { current_password: ['currentPassword', 'passwordWrong'], new_password: ['newPassword', 'passwordCommon'] },
};

/** Changes the password. This ends every other session, and this one continues. */
export function PasswordForm() {
  const texts = useTexts(messages);
  const { session } = useApi();
  const user = useUser();
  const client = useQueryClient();
  const showToast = useToast();
  const { hydrate, ...fields } = useFields(
    { currentPassword: '', newPassword: '' },
    { currentPassword: passwordRule, newPassword: newPasswordRule },
  );
  const change = useSubmission({
    mutationFn: ({ currentPassword, newPassword }: typeof fields.values) =>
      session.changePassword({ current_password: currentPassword, new_password: newPassword }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  });

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    if (change.isPending || !fields.check(form)) {
      return;
    }
    if (fields.values.newPassword === fields.values.currentPassword) {
      fields.reject(form, { newPassword: 'passwordSame' });
      return;
    }
    change.mutate(fields.values, {
      onSuccess: () => {
        fields.reset();
        showToast({ message: texts.passwordChanged });
      },
      onError: (error) => fields.reject(form, rejectedFields(error, meanings)),
    });
  }

  return (
    <form ref={hydrate} method="post" noValidate onSubmit={submit} className="flex max-w-md flex-col gap-5">
      <FormProblem error={hasAny(rejectedFields(change.error, meanings)) ? null : change.error} />
      {/* Tells a password manager whose password is changed. */}
      <input type="email" autoComplete="username" value={user.email} readOnly hidden />
      <PasswordField
        field={fields.bind('currentPassword')}
        readOnly={change.isPending}
        label={texts.currentPassword}
        autoComplete="current-password"
      />
      <PasswordField
        field={fields.bind('newPassword')}
        readOnly={change.isPending}
        label={texts.newPassword}
        autoComplete="new-password"
        hint={texts.passwordHint}
        below={<PasswordStrength password={fields.values.newPassword} isRejected={fields.problemOf('newPassword') === 'passwordCommon'} />}
      />
      <div>
        <Button kind="primary" type="submit" busy={change.isPending}>
          {texts.changePassword}
        </Button>
      </div>
    </form>
  );
}
