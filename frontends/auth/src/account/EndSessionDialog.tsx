'use client';

import { ProblemError, useApi } from '@kumiko/api-client';
import { Button, useSharedTexts, useTexts, useToast } from '@kumiko/ui';
import { Dialog } from '@kumiko/ui/Dialog';
import { useQueryClient } from '@tanstack/react-query';
import type { RefObject } from 'react';
import { FormProblem } from '../forms/FormProblem';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';

/** What to end: one session, or all but this one if `id` is null. */
export type EndSessionTarget = { id: number; device: string } | { id: null };

/** Asks for confirmation before sessions end. */
export default function EndSessionDialog({
  target,
  open,
  onOpenChange,
  fallback,
}: {
  target: EndSessionTarget;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  fallback: RefObject<HTMLElement | null>;
}) {
  const texts = useTexts(messages);
  const isOne = target.id !== null;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      fallback={fallback}
      title={isOne ? texts.endTitle : texts.endOthersTitle}
      description={isOne ? texts.endText(target.device) : texts.endOthersText}
    >
      <EndSession target={target} onClose={() => onOpenChange(false)} />
    </Dialog>
  );
}

function EndSession({ target, onClose }: { target: EndSessionTarget; onClose: () => void }) {
  const texts = useTexts(messages);
  const shared = useSharedTexts();
  const { sessions } = useApi();
  const client = useQueryClient();
  const showToast = useToast();
  const isOne = target.id !== null;
  const end = useSubmission({
    mutationFn: () => (target.id === null ? sessions.endOtherSessions() : endIfThere(sessions.endSession(target.id))),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['sessions'] });
      showToast({ message: isOne ? texts.ended : texts.othersEnded });
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
          {isOne ? texts.endIt : texts.endThem}
        </Button>
      </div>
    </div>
  );
}

// If the session has already ended, the goal is reached.
async function endIfThere(ending: Promise<void>): Promise<void> {
  try {
    await ending;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== 404) {
      throw error;
    }
  }
}
