'use client';

import { ProblemError } from '@kumiko/api-client';
import { Button, useTexts } from '@kumiko/ui';
import { CircleCheck, Unlink } from 'lucide-react';
import type { ReactNode } from 'react';
import { FormProblem } from '../forms/FormProblem';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';
import { SignInFrame } from '../sign-in/SignInFrame';
import { ActionLink } from './ActionLink';
import { useMailedToken } from '../forms/mailedToken';
import { Outcome } from '../forms/Outcome';

interface Props {
  title: string;
  lead: string;
  /** The button's text. */
  action: string;
  /** Sends the token. */
  send: (token: string) => Promise<unknown>;
  /** What happened, and the next step. `doneTitle` is the title from then on, if the first one no longer fits. */
  doneTitle?: string;
  done: string;
  next: ReactNode;
  /** What to do if the link is spent or too old. */
  spent: string;
  nextIfSpent: { page: string; label: string };
}

/** A page that a mail's link opens, with one button. Opening it does nothing: programs that check mails open links, too. */
export function LinkPage({ title, lead, action, send, doneTitle = title, done, next, spent, nextIfSpent }: Props) {
  const texts = useTexts(messages);
  const token = useMailedToken();
  const use = useSubmission({ mutationFn: send });
  const isSpent = token === null || (use.error instanceof ProblemError && use.error.status === 410);
  return (
    <SignInFrame title={use.isSuccess ? doneTitle : title} lead={use.isSuccess || isSpent ? null : lead}>
      {use.isSuccess ? (
        <Outcome icon={CircleCheck} text={done}>
          {next}
        </Outcome>
      ) : isSpent ? (
        <Outcome icon={Unlink} text={`${texts.linkVoid} ${spent}`} takesFocus={use.isError}>
          <ActionLink page={nextIfSpent.page}>{nextIfSpent.label}</ActionLink>
        </Outcome>
      ) : (
        <div className="flex flex-col gap-5">
          <FormProblem error={use.error} />
          <Button
            kind="primary"
            busy={use.isPending}
            className="min-h-12!"
            onClick={() => {
              if (token !== undefined) {
                use.mutate(token);
              }
            }}
          >
            {action}
          </Button>
        </div>
      )}
    </SignInFrame>
  );
}
