'use client';

import { ProblemError, useApi, useSession } from '@kumiko/api-client';
import { useTexts } from '@kumiko/ui';
import { CircleCheck, Unlink } from 'lucide-react';
import { useState } from 'react';
import { messages } from '../messages';
import { SignInFrame } from '../sign-in/SignInFrame';
import { ActionLink } from './ActionLink';
import { useMailedToken } from '../forms/mailedToken';
import { Outcome } from '../forms/Outcome';
import { ResetForm } from './ResetForm';

type Stage = 'open' | 'done' | 'done-with-code' | 'void';

/** Chooses a new password with the link of a mail. */
export function ResetPage() {
  const texts = useTexts(messages);
  const token = useMailedToken();
  const { account } = useApi();
  const { status } = useSession();
  const [reached, setReached] = useState<Stage>('open');
  const stage = token === null ? 'void' : reached;
  const isDone = stage === 'done' || stage === 'done-with-code';

  function finish(withCode: boolean): void {
    setReached(withCode ? 'done-with-code' : 'done');
    if (status === 'signed-in') {
      // This browser's session may have ended with the others: any request learns it, and the header stops showing the account.
      account.getMe().catch(() => undefined);
    }
  }

  return (
    <SignInFrame title={isDone ? texts.resetDoneTitle : texts.resetTitle} lead={stage === 'open' ? texts.resetLead : null}>
      {token !== null && stage === 'open' && (
        <ResetForm
          token={token}
          onDone={finish}
          onFailed={(error) => {
            if (error instanceof ProblemError && error.status === 410) {
              setReached('void');
            }
          }}
        />
      )}
      {isDone && (
        <Outcome icon={CircleCheck} text={stage === 'done' ? texts.resetDone : texts.resetDoneWithCode}>
          <ActionLink page="/login">{texts.toSignIn}</ActionLink>
        </Outcome>
      )}
      {stage === 'void' && (
        <Outcome icon={Unlink} text={texts.resetVoid} takesFocus={token !== null}>
          <ActionLink page="/forgot">{texts.newLink}</ActionLink>
        </Outcome>
      )}
    </SignInFrame>
  );
}
