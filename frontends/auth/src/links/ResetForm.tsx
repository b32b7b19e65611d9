'use client';

import { ProblemError, useApi } from '@kumiko/api-client';
import { Button, useTexts } from '@kumiko/ui';
import { useState, type SubmitEvent } from 'react';
import { CodeField } from '../forms/CodeField';
import { useFields } from '../forms/fields';
import { FormProblem } from '../forms/FormProblem';
import { PasswordField } from '../forms/PasswordField';
import { PasswordStrength } from '../forms/PasswordStrength';
import { hasAny, rejectedFields, type Meanings } from '../forms/rejections';
import { codeRule, newPasswordRule } from '../forms/rules';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';

const meanings: Meanings<'newPassword'> = { 422: { new_password: ['newPassword', 'passwordCommon'] } };

interface Props {
  /** Undefined until the scripts run. */
  token: string | undefined;
  /** Whether it took a code of the second factor. */
  onDone: (withCode: boolean) => void;
  onFailed: (error: unknown) => void;
}

export function ResetForm({ token, onDone, onFailed }: Props) {
  const texts = useTexts(messages);
  const { account } = useApi();
  // Only the API knows whether the account has a second factor.
  const [needsCode, setNeedsCode] = useState(false);
  const { hydrate, ...fields } = useFields(
    { newPassword: '', code: '' },
    { newPassword: newPasswordRule, code: needsCode ? codeRule : () => undefined },
  );
  const reset = useSubmission({
    mutationFn: ({ newPassword, code }: typeof fields.values) =>
      account.resetPassword({ token: token ?? '', new_password: newPassword, ...(needsCode && { totp_code: code }) }),
  });
  // The field has only just appeared: don't report it as empty before the next submission.
  const [isCodeDue, setCodeDue] = useState(false);
  const code = fields.bind('code');
  const isHandled = hasAny(rejectedFields(reset.error, meanings)) || isSecondFactorNeeded(reset.error);

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    setCodeDue(needsCode);
    if (token === undefined || reset.isPending || !fields.check(form)) {
      return;
    }
    reset.mutate(fields.values, {
      onSuccess: () => onDone(needsCode),
      onError: (error) => {
        if (!isSecondFactorNeeded(error)) {
          fields.reject(form, rejectedFields(error, meanings));
        } else if (needsCode) {
          fields.reject(form, { code: 'codeWrong' });
        } else {
          setNeedsCode(true);
        }
        onFailed(error);
      },
    });
  }

  return (
    <form ref={hydrate} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
      <FormProblem error={isHandled ? null : reset.error} />
      <PasswordField
        field={fields.bind('newPassword')}
        readOnly={reset.isPending}
        label={texts.newPassword}
        autoComplete="new-password"
        hint={texts.passwordHint}
        below={<PasswordStrength password={fields.values.newPassword} isRejected={fields.problemOf('newPassword') === 'passwordCommon'} />}
      />
      {needsCode && (
        <>
          <p className="text-sm text-muted">{texts.resetCodeText}</p>
          <CodeField field={isCodeDue ? code : { ...code, error: undefined }} readOnly={reset.isPending} takesFocus />
        </>
      )}
      <Button kind="primary" type="submit" busy={reset.isPending} className="mt-1 min-h-12!">
        {texts.changePassword}
      </Button>
    </form>
  );
}

function isSecondFactorNeeded(error: unknown): boolean {
  return error instanceof ProblemError && error.need === 'second-factor';
}
