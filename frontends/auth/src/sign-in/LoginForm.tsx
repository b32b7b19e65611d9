'use client';

import { ProblemError, useSession } from '@kumiko/api-client';
import { Button, TextField, useTexts } from '@kumiko/ui';
import { PageLink } from '@kumiko/ui/next/link';
import clsx from 'clsx';
import type { SubmitEvent } from 'react';
import { CheckField } from '../forms/CheckField';
import { focusField, useFields } from '../forms/fields';
import { FormProblem } from '../forms/FormProblem';
import { PasswordField } from '../forms/PasswordField';
import { knownEmailRule, passwordRule } from '../forms/rules';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';
import type { Credentials } from './credentials';
import { isDisabled } from './disabled';
import { useObstacle } from './useObstacle';

/** The sign-in form. The page around it redirects after signing in, or asks for what is missing. */
export function LoginForm({
  takesFocus,
  onSecondFactor,
  onUnverified,
}: {
  /** Whether the person came back to use another account. */
  takesFocus: boolean;
  onSecondFactor: (credentials: Credentials) => void;
  onUnverified: (credentials: Credentials) => void;
}) {
  const texts = useTexts(messages);
  const { status, signIn } = useSession();
  const { hydrate, ...fields } = useFields({ email: '', password: '' }, { email: knownEmailRule, password: passwordRule });
  const entry = useSubmission({ mutationFn: (credentials: Credentials) => signIn(credentials) });
  const isBarred = useObstacle() !== null;
  const isBusy = entry.isPending || status === 'signed-in';

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    if (isBusy || isBarred || !fields.check(form)) {
      return;
    }
    const credentials = { ...fields.values, ...(!isTicked(form) && { remember: false }) };
    entry.mutate(credentials, {
      onError: (error) => {
        if (error instanceof ProblemError && error.need === 'second-factor') {
          onSecondFactor(credentials);
        } else if (error instanceof ProblemError && error.need === 'verified-email') {
          onUnverified(credentials);
        } else if (error instanceof ProblemError && error.status === 401) {
          focusField(form, 'password');
        }
      },
    });
  }

  return (
    // POST, so that a page whose scripts have not loaded yet doesn't put the password into an address.
    <form ref={hydrate} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
      <FormProblem
        error={entry.error}
        meanings={{ 401: isDisabled(entry.error) ? texts.disabledSignIn : texts.wrongSignIn, 422: texts.wrongSignIn }}
      />
      <TextField
        {...fields.bind('email')}
        readOnly={isBusy}
        label={texts.email}
        type="email"
        autoComplete="username webauthn"
        autoCapitalize="none"
        spellCheck={false}
        // eslint-disable-next-line jsx-a11y/no-autofocus -- The button that led back is gone.
        autoFocus={takesFocus}
        required
      />
      <div>
        <PasswordField field={fields.bind('password')} readOnly={isBusy} label={texts.password} autoComplete="current-password" />
        <div className="mt-1 -mb-3 flex flex-wrap items-center justify-between gap-x-4">
          <CheckField name="remember" label={texts.remember} isChecked />
          <PageLink
            href="/forgot"
            className={clsx(
              'inline-flex min-h-11 items-center text-sm font-medium text-accent underline underline-offset-4',
              'hover:text-accent-strong',
            )}
          >
            {texts.forgot}
          </PageLink>
        </div>
      </div>
      <Button kind="primary" type="submit" busy={isBusy} disabled={isBarred} className="mt-1 min-h-12!">
        {texts.signIn}
      </Button>
    </form>
  );
}

function isTicked(form: HTMLFormElement): boolean {
  return new FormData(form).has('remember');
}
