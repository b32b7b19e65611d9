'use client';

import { ProblemError, useSession, type NewAccount } from '@kumiko/api-client';
import { Button, TextField, useTexts } from '@kumiko/ui';
import clsx from 'clsx';
import { useRef, type SubmitEvent } from 'react';
import { useFields } from '../forms/fields';
import { FormProblem } from '../forms/FormProblem';
import { PasswordField } from '../forms/PasswordField';
import { PasswordStrength } from '../forms/PasswordStrength';
import { hasAny, rejectedFields, type Meanings } from '../forms/rejections';
import { emailRule, nameRule, newPasswordRule } from '../forms/rules';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';
import { Attempt } from './Attempt';
import type { Credentials } from './credentials';
import { useObstacle } from './useObstacle';

const meanings: Meanings<'username' | 'email' | 'password'> = {
  409: { email: ['email', 'emailTaken'], username: ['username', 'nameTaken'] },
  422: { email: ['email', 'emailForm'], username: ['username', 'nameScripts'], password: ['password', 'passwordCommon'] },
};

interface Props {
  /** The token of an invitation; null without one. */
  invitation: string | null;
  /** The address that was invited, which the account will have. */
  invitedEmail: string | null;
  /** Whether the person came back to use another account. */
  takesFocus: boolean;
  /** The account exists, and the address has to be confirmed before signing in. */
  onUnverified: (credentials: Credentials) => void;
  /** Only a mail to this address says what came of it. */
  onMailed: (email: string) => void;
  /** The invitation no longer works. */
  onVoid: () => void;
}

/** Creates an account and signs in. The page around it redirects afterwards, or says what is missing. */
export function RegisterForm({ invitation, invitedEmail, takesFocus, onUnverified, onMailed, onVoid }: Props) {
  const texts = useTexts(messages);
  const { status, register } = useSession();
  const attempt = useRef<Attempt>(null);
  const { hydrate, ...fields } = useFields(
    { username: '', email: invitedEmail ?? '', password: '' },
    { username: nameRule, email: emailRule, password: newPasswordRule },
  );
  const entry = useSubmission({
    mutationFn: ({ account, key }: { account: NewAccount; key: string }) => register(account, key),
  });
  const isBarred = useObstacle() !== null;
  const isBusy = entry.isPending || status === 'signed-in';

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    if (isBusy || isBarred || !fields.check(form)) {
      return;
    }
    const { username, email, password } = fields.values;
    const account = { username, email, password, ...(invitation !== null && { invitation }) };
    attempt.current ??= new Attempt();
    entry.mutate(
      { account, key: attempt.current.keyFor(account) },
      {
        onSuccess: (user) => {
          if (user === null) {
            onMailed(email);
          }
        },
        onError: (error) => {
          if (error instanceof ProblemError && !error.isPassing) {
            attempt.current = null;
          }
          if (error instanceof ProblemError && error.need === 'verified-email') {
            onUnverified({ email, password });
          } else if (error instanceof ProblemError && error.status === 410 && invitation !== null) {
            onVoid();
          }
          fields.reject(form, rejectedFields(error, meanings));
        },
      },
    );
  }

  return (
    // POST, so that a page whose scripts have not loaded yet doesn't put the password into an address.
    <form ref={hydrate} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
      <FormProblem error={hasAny(rejectedFields(entry.error, meanings)) ? null : entry.error} />
      <TextField
        {...fields.bind('username')}
        readOnly={isBusy}
        label={texts.name}
        autoComplete="nickname"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        // eslint-disable-next-line jsx-a11y/no-autofocus -- The button that led back is gone.
        autoFocus={takesFocus}
        hint={texts.nameHint}
        required
      />
      <TextField
        {...fields.bind('email')}
        readOnly={isBusy || invitedEmail !== null}
        label={texts.email}
        type="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        hint={invitedEmail === null ? texts.emailHint : texts.invitedEmailHint}
        className={clsx(invitedEmail !== null && '[&_input]:bg-raised')}
        required
      />
      <PasswordField
        field={fields.bind('password')}
        readOnly={isBusy}
        label={texts.password}
        autoComplete="new-password"
        hint={texts.passwordHint}
        below={<PasswordStrength password={fields.values.password} isRejected={fields.problemOf('password') === 'passwordCommon'} />}
      />
      <Button kind="primary" type="submit" busy={isBusy} disabled={isBarred} className="mt-1 min-h-12!">
        {texts.register}
      </Button>
    </form>
  );
}
