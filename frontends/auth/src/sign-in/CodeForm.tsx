'use client';

import { ProblemError, useSession } from '@kumiko/api-client';
import { Button, useTexts } from '@kumiko/ui';
import type { SubmitEvent } from 'react';
import { CodeField } from '../forms/CodeField';
import { useFields } from '../forms/fields';
import { FormProblem } from '../forms/FormProblem';
import { codeRule } from '../forms/rules';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';
import type { Credentials } from './credentials';

/** The second step of signing in: a code of the authenticator app, or a recovery code. */
export function CodeForm({ credentials, onBack }: { credentials: Credentials; onBack: () => void }) {
  const texts = useTexts(messages);
  const { status, signIn } = useSession();
  const { hydrate, ...fields } = useFields({ code: '' }, { code: codeRule });
  const entry = useSubmission({ mutationFn: (code: string) => signIn({ ...credentials, totp_code: code }) });
  const isBusy = entry.isPending || status === 'signed-in';

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    if (isBusy || !fields.check(form)) {
      return;
    }
    entry.mutate(fields.values.code, {
      onError: (error) => {
        if (isWrongCode(error)) {
          fields.reject(form, { code: 'codeWrong' });
        }
      },
    });
  }

  return (
    <form ref={hydrate} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
      {/* Another 401: the password was changed in the meantime. */}
      <FormProblem
        error={isWrongCode(entry.error) ? null : entry.error}
        meanings={{ 401: texts.wrongSignIn, 422: texts.problems.codeForm }}
      />
      <CodeField field={fields.bind('code')} readOnly={isBusy} takesFocus />
      <Button kind="primary" type="submit" busy={isBusy} className="min-h-12!">
        {texts.signIn}
      </Button>
      <Button kind="quiet" onClick={onBack}>
        {texts.otherAccount}
      </Button>
    </form>
  );
}

function isWrongCode(error: unknown): boolean {
  return error instanceof ProblemError && error.need === 'second-factor';
}
