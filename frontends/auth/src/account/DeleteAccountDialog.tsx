'use client';

import { useApi } from '@kumiko/api-client';
import { Button, useSharedTexts, useTexts } from '@kumiko/ui';
import { Dialog } from '@kumiko/ui/Dialog';
import type { SubmitEvent } from 'react';
import { useFields } from '../forms/fields';
import { FormProblem } from '../forms/FormProblem';
import { PasswordField } from '../forms/PasswordField';
import { hasAny, rejectedFields, type Meanings } from '../forms/rejections';
import { passwordRule } from '../forms/rules';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';
import { useEndReason, useUser } from './SignedInOnly';

const meanings: Meanings<'password'> = { 422: { password: ['password', 'passwordWrong'] } };

/** Says what will be deleted, and asks for the password. */
export default function DeleteAccountDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const texts = useTexts(messages);
  const user = useUser();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={texts.deleteTitle} description={texts.deleteLead}>
      <ul className="mb-5 list-disc ps-5 text-sm marker:text-danger">
        {texts.deleteList(user.username).map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
      <DeleteAccountForm onCancel={() => onOpenChange(false)} />
    </Dialog>
  );
}

function DeleteAccountForm({ onCancel }: { onCancel: () => void }) {
  const texts = useTexts(messages);
  const shared = useSharedTexts();
  const { account, session } = useApi();
  const setReason = useEndReason();
  const { hydrate, ...fields } = useFields({ password: '' }, { password: passwordRule });
  const removal = useSubmission({
    mutationFn: (password: string) => account.deleteMe({ password }),
    onSuccess: () => {
      setReason('deleted');
      session.leave();
    },
  });

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    if (!removal.isPending && fields.check(form)) {
      removal.mutate(fields.values.password, { onError: (error) => fields.reject(form, rejectedFields(error, meanings)) });
    }
  }

  return (
    <form ref={hydrate} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
      <FormProblem error={hasAny(rejectedFields(removal.error, meanings)) ? null : removal.error} />
      <PasswordField
        field={fields.bind('password')}
        readOnly={removal.isPending}
        label={texts.deletePassword}
        autoComplete="current-password"
      />
      <div className="flex flex-wrap justify-end gap-3">
        <Button kind="quiet" onClick={onCancel}>
          {shared.cancel}
        </Button>
        <Button kind="danger" type="submit" busy={removal.isPending || removal.isSuccess}>
          {texts.deleteForGood}
        </Button>
      </div>
    </form>
  );
}
