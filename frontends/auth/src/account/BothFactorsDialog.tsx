'use client';

import { useApi } from '@kumiko/api-client';
import { Button, useSharedTexts, useTexts } from '@kumiko/ui';
import { Dialog } from '@kumiko/ui/Dialog';
import type { RefObject, SubmitEvent } from 'react';
import { CodeField } from '../forms/CodeField';
import { useFields } from '../forms/fields';
import { FormProblem } from '../forms/FormProblem';
import { PasswordField } from '../forms/PasswordField';
import { hasAny, rejectedFields, type Meanings } from '../forms/rejections';
import { codeRule, passwordRule } from '../forms/rules';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';
import { useUser } from './SignedInOnly';

/** Why the password and a code are asked for: to turn the second factor off, or for new recovery codes. */
export type BothFactorsPurpose = 'off' | 'codes';

const meanings: Meanings<'password' | 'code'> = { 422: { password: ['password', 'passwordWrong'], totp_code: ['code', 'codeWrong'] } };

interface Props {
  fallback: RefObject<HTMLElement | null>;
  purpose: BothFactorsPurpose;
  onOpenChange: (open: boolean) => void;
  onCodes: (codes: readonly string[]) => void;
  onOff: () => void;
}

/** Asks for the password and a code before the second factor changes. */
export default function BothFactorsDialog({ open, ...rest }: Props & { open: boolean }) {
  const texts = useTexts(messages);
  const isOff = rest.purpose === 'off';
  return (
    <Dialog
      open={open}
      onOpenChange={rest.onOpenChange}
      fallback={rest.fallback}
      title={isOff ? texts.turnOffTitle : texts.newCodesTitle}
      description={isOff ? texts.turnOffText : texts.newCodesText}
    >
      <BothFactorsForm {...rest} />
    </Dialog>
  );
}

function BothFactorsForm({ purpose, onOpenChange, onCodes, onOff }: Omit<Props, 'fallback'>) {
  const texts = useTexts(messages);
  const shared = useSharedTexts();
  const { account } = useApi();
  const user = useUser();
  const { hydrate, ...fields } = useFields({ password: '', code: '' }, { password: passwordRule, code: codeRule });
  const change = useSubmission({
    mutationFn: async ({ password, code }: typeof fields.values) => {
      const proof = { password, totp_code: code };
      if (purpose === 'off') {
        await account.turnOffTotp(proof);
        return null;
      }
      return (await account.renewRecoveryCodes(proof)).recovery_codes;
    },
  });

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    if (change.isPending || !fields.check(form)) {
      return;
    }
    change.mutate(fields.values, {
      onSuccess: (codes) => {
        onOpenChange(false);
        if (codes === null) {
          onOff();
        } else {
          onCodes(codes);
        }
      },
      onError: (error) => fields.reject(form, rejectedFields(error, meanings)),
    });
  }

  return (
    <form ref={hydrate} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
      <FormProblem error={hasAny(rejectedFields(change.error, meanings)) ? null : change.error} />
      {/* Tells a password manager whose password is meant. */}
      <input type="email" autoComplete="username" value={user.email} readOnly hidden />
      <PasswordField field={fields.bind('password')} readOnly={change.isPending} label={texts.password} autoComplete="current-password" />
      <CodeField field={fields.bind('code')} readOnly={change.isPending} />
      <div className="flex flex-wrap justify-end gap-3">
        <Button kind="quiet" onClick={() => onOpenChange(false)}>
          {shared.cancel}
        </Button>
        <Button kind={purpose === 'off' ? 'danger' : 'primary'} type="submit" busy={change.isPending}>
          {purpose === 'off' ? texts.turnOffNow : texts.renewCodes}
        </Button>
      </div>
    </form>
  );
}
