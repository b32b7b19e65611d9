'use client';

import { ProblemError, useApi } from '@kumiko/api-client';
import { Button, TextField, useTexts, useToast } from '@kumiko/ui';
import { useQueryClient } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { useFields } from '../forms/fields';
import { FormProblem } from '../forms/FormProblem';
import { PasswordField } from '../forms/PasswordField';
import { hasAny, rejectedFields, type Meanings } from '../forms/rejections';
import { emailRule, nameRule, optionalPasswordRule } from '../forms/rules';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';
import { useUser } from './SignedInOnly';

const meanings: Meanings<'username' | 'email' | 'currentPassword'> = {
  409: { username: ['username', 'nameTaken'] },
  422: { email: ['email', 'emailForm'], username: ['username', 'nameScripts'], current_password: ['currentPassword', 'passwordWrong'] },
};

/**
 * Changes the name and, with the password, asks for another e-mail address, which is pending until it is proved. A new name shows
 * everywhere at once, and is reverted if the server rejects it.
 */
export function ProfileForm() {
  const texts = useTexts(messages);
  const { account, session } = useApi();
  const user = useUser();
  const client = useQueryClient();
  const showToast = useToast();
  const { hydrate, ...fields } = useFields(
    { username: user.username, email: user.email, currentPassword: '' },
    {
      // A name from before the current rules may stay.
      username: (value) => (value === user.username ? undefined : nameRule(value)),
      email: emailRule,
      currentPassword: optionalPasswordRule,
    },
  );
  const isNewAddress = fields.values.email !== user.email;

  const change = useSubmission({
    // Send only what was changed here, so that changes from elsewhere are kept.
    mutationFn: (changes: { username?: string; email?: string; current_password?: string }) => account.updateMe(changes),
    onMutate: async ({ username }) => {
      await client.cancelQueries({ queryKey: ['me'] });
      session.update({ ...user, ...(username !== undefined && { username }) });
      return user;
    },
    onSuccess: (changed) => {
      session.update(changed);
      client.setQueryData(['me'], changed);
    },
    onError: (error, _, before) => {
      if (before !== undefined) {
        session.update(before);
      }
      if (error instanceof ProblemError && error.status === 412) {
        void client.invalidateQueries({ queryKey: ['me'] });
      }
    },
  });

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    if (change.isPending || !fields.isChanged || !fields.check(form)) {
      return;
    }
    const { username, email, currentPassword } = fields.values;
    if (isNewAddress && currentPassword === '') {
      fields.reject(form, { currentPassword: 'passwordMissing' });
      return;
    }
    change.mutate(
      { ...(username !== user.username && { username }), ...(isNewAddress && { email, current_password: currentPassword }) },
      {
        onSuccess: () => {
          fields.reset();
          showToast({ message: isNewAddress ? texts.linkSent(email) : texts.saved });
        },
        onError: (error) => fields.reject(form, rejectedFields(error, meanings)),
      },
    );
  }

  return (
    <form ref={hydrate} method="post" noValidate onSubmit={submit} className="flex max-w-md flex-col gap-5">
      <FormProblem error={hasAny(rejectedFields(change.error, meanings)) ? null : change.error} />
      <TextField
        {...fields.bind('username')}
        readOnly={change.isPending}
        label={texts.name}
        autoComplete="nickname"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        hint={texts.nameRules}
        required
      />
      <TextField
        {...fields.bind('email')}
        readOnly={change.isPending}
        label={texts.email}
        type="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        hint={texts.emailUse}
        required
      />
      {isNewAddress && (
        <PasswordField
          field={fields.bind('currentPassword')}
          readOnly={change.isPending}
          label={texts.currentPassword}
          autoComplete="current-password"
          hint={texts.emailPassword}
        />
      )}
      <div>
        <Button kind="primary" type="submit" busy={change.isPending} disabled={!fields.isChanged}>
          {texts.save}
        </Button>
      </div>
    </form>
  );
}
