'use client';

import { useApi, type ManagedUser } from '@kumiko/api-client';
import { Button, TextField, useSharedTexts, useTexts, useToast } from '@kumiko/ui';
import { Dialog } from '@kumiko/ui/Dialog';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useStepUp } from '../account/StepUp';
import { FormProblem } from '../forms/FormProblem';
import { useSubmission } from '../forms/submission';
import { adminMessages } from './messages';
import { useUpdateUser } from './useUpdateUser';

/** What the dialog asks: whether to disable the account, or to end its sessions. */
export type PersonQuestion = 'disable' | 'end';

/** Asks for confirmation before something happens to an account. */
export default function PersonDialog({
  user,
  question,
  open,
  onOpenChange,
}: {
  user: ManagedUser;
  question: PersonQuestion;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const texts = useTexts(adminMessages);
  const isDisabling = question === 'disable';
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={isDisabling ? texts.disableAsk(user.username) : texts.endAsk(user.username)}
      description={isDisabling ? texts.disableText : texts.endText}
    >
      {isDisabling ? (
        <Disable user={user} onClose={() => onOpenChange(false)} />
      ) : (
        <EndSessions user={user} onClose={() => onOpenChange(false)} />
      )}
    </Dialog>
  );
}

function Disable({ user, onClose }: { user: ManagedUser; onClose: () => void }) {
  const texts = useTexts(adminMessages);
  const shared = useSharedTexts();
  const [reason, setReason] = useState('');
  const disable = useUpdateUser(user, texts.disableDone);

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    disable.mutate({ disabled: true, ...(reason.trim() !== '' && { reason: reason.trim() }) }, { onSuccess: onClose });
  }

  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-5">
      <FormProblem error={disable.error} meanings={{ 409: texts.conflict, 412: texts.stale }} />
      <TextField
        label={texts.reason}
        hint={texts.reasonHint}
        name="reason"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="flex flex-wrap justify-end gap-3">
        <Button kind="quiet" onClick={onClose}>
          {shared.cancel}
        </Button>
        <Button kind="danger" type="submit" busy={disable.isPending}>
          {texts.disableIt}
        </Button>
      </div>
    </form>
  );
}

function EndSessions({ user, onClose }: { user: ManagedUser; onClose: () => void }) {
  const texts = useTexts(adminMessages);
  const shared = useSharedTexts();
  const { administration } = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const withProof = useStepUp();
  const end = useSubmission({
    mutationFn: () => withProof(() => administration.endSessionsOfUser(user.id)),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['audit'] });
      toast({ message: texts.endDone });
    },
  });

  return (
    <div className="flex flex-col gap-5">
      <FormProblem error={end.error} />
      <div className="flex flex-wrap justify-end gap-3">
        <Button kind="quiet" onClick={onClose}>
          {shared.cancel}
        </Button>
        <Button kind="danger" busy={end.isPending} onClick={() => end.mutate(undefined, { onSuccess: onClose })}>
          {texts.endIt}
        </Button>
      </div>
    </div>
  );
}
