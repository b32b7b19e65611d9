'use client';

import { ProblemError, useApi } from '@kumiko/api-client';
import { Button, useSharedTexts, useTexts } from '@kumiko/ui';
import { Dialog } from '@kumiko/ui/Dialog';
import clsx from 'clsx';
import { useState, type SubmitEvent } from 'react';
import { CodeField } from '../forms/CodeField';
import { useFields } from '../forms/fields';
import { FormProblem } from '../forms/FormProblem';
import { PasswordField } from '../forms/PasswordField';
import { hasAny, rejectedFields, type Meanings } from '../forms/rejections';
import { codeRule, passwordRule } from '../forms/rules';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';
import { useHasPasskeys } from '../passkeys/useHasPasskeys';
import { askForPasskey, PasskeyDeclined } from '../passkeys/webauthn';
import { useUser } from './SignedInOnly';

const meanings: Meanings<'password' | 'code'> = { 422: { password: ['password', 'passwordWrong'], totp_code: ['code', 'codeWrong'] } };

interface Props {
  onProved: () => void;
  onCancel: () => void;
}

/** Asks a signed-in person to prove that it is still them: by the highest factor of the account, or by one of them. */
export default function StepUpDialog({ open, ...rest }: Props & { open: boolean }) {
  const texts = useTexts(messages);
  // A sign-in with the password alone may be recent, and still not be enough.
  const reason = useUser().passkeys > 0 ? texts.stepUpPasskeyText : texts.stepUpText;
  return (
    <Dialog open={open} onOpenChange={rest.onCancel} title={texts.stepUpTitle} description={reason}>
      <StepUp {...rest} />
    </Dialog>
  );
}

// Either may have been added elsewhere since the page was loaded: then the API says what it wants.
function StepUp(props: Props) {
  const user = useUser();
  const [hasPasskey, setHasPasskey] = useState(user.passkeys > 0);
  const [takesPassword, setTakesPassword] = useState(!hasPasskey);
  return takesPassword || !hasPasskey ? (
    <StepUpForm
      {...props}
      onPasskey={hasPasskey ? () => setTakesPassword(false) : null}
      onPasskeyNeeded={() => {
        setHasPasskey(true);
        setTakesPassword(false);
      }}
    />
  ) : (
    <StepUpByPasskey {...props} onCode={user.second_factor ? () => setTakesPassword(true) : null} />
  );
}

function StepUpByPasskey({ onProved, onCancel, onCode }: Props & { onCode: (() => void) | null }) {
  const texts = useTexts(messages);
  const { session } = useApi();
  const isOffered = useHasPasskeys();
  const proof = useSubmission({
    mutationFn: async () => session.reauthenticate({ passkey: await askForPasskey(await session.beginPasskey()) }),
    onSuccess: onProved,
  });
  return (
    <div className="flex flex-col gap-5">
      <FormProblem
        error={proof.error instanceof PasskeyDeclined ? null : proof.error}
        meanings={{ 410: texts.passkeyLate, 422: texts.passkeyWrong }}
      />
      {!isOffered && <p className="text-sm">{texts.passkeysUnavailable}</p>}
      <div className="flex flex-wrap justify-end gap-3">
        <CancelButton isOneOfThree={onCode !== null} onCancel={onCancel} />
        {onCode !== null && <Button onClick={onCode}>{texts.useCode}</Button>}
        <Button kind="primary" busy={proof.isPending} disabled={!isOffered} onClick={() => proof.mutate()}>
          {texts.usePasskey}
        </Button>
      </div>
    </div>
  );
}

function StepUpForm({
  onProved,
  onCancel,
  onPasskey,
  onPasskeyNeeded,
}: Props & { onPasskey: (() => void) | null; onPasskeyNeeded: () => void }) {
  const texts = useTexts(messages);
  const { session } = useApi();
  const user = useUser();
  // The second factor may have been turned on elsewhere.
  const [needsCode, setNeedsCode] = useState(user.second_factor);
  const { hydrate, ...fields } = useFields(
    { password: '', code: '' },
    { password: needsCode ? () => undefined : passwordRule, code: needsCode ? codeRule : () => undefined },
  );
  const proof = useSubmission({
    mutationFn: ({ password, code }: typeof fields.values) => session.reauthenticate(needsCode ? { totp_code: code } : { password }),
  });
  const isHandled = hasAny(rejectedFields(proof.error, meanings)) || isSecondFactorNeeded(proof.error);

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    if (proof.isPending || !fields.check(form)) {
      return;
    }
    proof.mutate(fields.values, {
      onSuccess: onProved,
      onError: (error) => {
        if (isSecondFactorNeeded(error)) {
          setNeedsCode(true);
        } else if (error instanceof ProblemError && error.need === 'passkey') {
          onPasskeyNeeded();
        } else {
          fields.reject(form, rejectedFields(error, meanings));
        }
      },
    });
  }

  return (
    <form ref={hydrate} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
      <FormProblem error={isHandled ? null : proof.error} />
      {/* Tells a password manager whose password is meant. */}
      <input type="email" autoComplete="username" value={user.email} readOnly hidden />
      {needsCode ? (
        <CodeField field={fields.bind('code')} readOnly={proof.isPending} />
      ) : (
        <PasswordField field={fields.bind('password')} readOnly={proof.isPending} label={texts.password} autoComplete="current-password" />
      )}
      <div className="flex flex-wrap justify-end gap-3">
        <CancelButton isOneOfThree={onPasskey !== null} onCancel={onCancel} />
        {onPasskey !== null && <Button onClick={onPasskey}>{texts.usePasskey}</Button>}
        <Button kind="primary" type="submit" busy={proof.isPending}>
          {texts.stepUp}
        </Button>
      </div>
    </form>
  );
}

/** A phone has room for two buttons in a row. Its dialog has another button to close it. */
function CancelButton({ isOneOfThree, onCancel }: { isOneOfThree: boolean; onCancel: () => void }) {
  const shared = useSharedTexts();
  return (
    <Button kind="quiet" onClick={onCancel} className={clsx(isOneOfThree && 'max-sm:hidden')}>
      {shared.cancel}
    </Button>
  );
}

function isSecondFactorNeeded(error: unknown): boolean {
  return error instanceof ProblemError && error.need === 'second-factor';
}
