'use client';

import { useApi, type Passkey } from '@kumiko/api-client';
import { Button, TextField, useSharedTexts, useTexts } from '@kumiko/ui';
import { Dialog } from '@kumiko/ui/Dialog';
import type { RefObject, SubmitEvent } from 'react';
import { useFields } from '../forms/fields';
import { FormProblem } from '../forms/FormProblem';
import { hasAny, rejectedFields, type Meanings } from '../forms/rejections';
import { labelRule } from '../forms/rules';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';
import { useStepUp } from './StepUp';

const meanings: Meanings<'name'> = { 422: { name: ['name', 'labelForm'] } };

interface Props {
  passkey: Passkey;
  isNew: boolean;
  onOpenChange: (open: boolean) => void;
  onRenamed: (passkey: Passkey) => void;
}

/** Gives a passkey a name: a new one, or another. */
export default function RenamePasskeyDialog({
  open,
  fallback,
  ...rest
}: Props & { open: boolean; fallback: RefObject<HTMLElement | null> }) {
  const texts = useTexts(messages);
  return (
    <Dialog
      open={open}
      onOpenChange={rest.onOpenChange}
      fallback={fallback}
      title={rest.isNew ? texts.passkeyAdded : texts.renamePasskey}
      description={rest.isNew ? texts.passkeyAddedText : texts.renamePasskeyText}
    >
      <RenameForm {...rest} />
    </Dialog>
  );
}

function RenameForm({ passkey, isNew, onOpenChange, onRenamed }: Props) {
  const texts = useTexts(messages);
  const shared = useSharedTexts();
  const { passkeys } = useApi();
  const withProof = useStepUp();
  const { hydrate, ...fields } = useFields({ name: passkey.name }, { name: labelRule });
  const change = useSubmission({
    mutationFn: (name: string) => withProof(() => passkeys.renamePasskey(passkey.id, { name })),
    onSuccess: (renamed) => {
      onOpenChange(false);
      onRenamed(renamed);
    },
  });

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    if (change.isPending || !fields.check(form)) {
      return;
    }
    if (!fields.isChanged) {
      onOpenChange(false);
      return;
    }
    change.mutate(fields.values.name, { onError: (error) => fields.reject(form, rejectedFields(error, meanings)) });
  }

  return (
    <form ref={hydrate} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
      <FormProblem error={hasAny(rejectedFields(change.error, meanings)) ? null : change.error} />
      <TextField {...fields.bind('name')} readOnly={change.isPending} label={texts.passkeyName} autoComplete="off" />
      <div className="flex flex-wrap justify-end gap-3">
        <Button kind="quiet" onClick={() => onOpenChange(false)}>
          {isNew ? texts.notNow : shared.cancel}
        </Button>
        <Button kind="primary" type="submit" busy={change.isPending}>
          {texts.save}
        </Button>
      </div>
    </form>
  );
}
