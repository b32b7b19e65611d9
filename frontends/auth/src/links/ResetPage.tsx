'use client';

import { ProblemError } from '@kumiko/api-client';
import { useTexts } from '@kumiko/ui';
import { CircleCheck, Unlink } from 'lucide-react';
import { useState } from 'react';
import { messages } from '../messages';
import { SignInFrame } from '../sign-in/SignInFrame';
import { ActionLink } from './ActionLink';
import { useMailedToken } from '../forms/mailedToken';
import { Outcome } from '../forms/Outcome';
import { ResetForm } from './ResetForm';

type Stage = 'open' | 'done' | 'void';

/** Chooses a new password with the link of a mail. */
export function ResetPage() {
  const texts = useTexts(messages);
  const token = useMailedToken();
  const [reached, setReached] = useState<Stage>('open');
  const stage = token === null ? 'void' : reached;
  return (
    <SignInFrame title={texts.resetTitle} lead={stage === 'open' ? texts.resetLead : null}>
      {token !== null && stage === 'open' && (
        <ResetForm
          token={token}
          onDone={() => setReached('done')}
          onFailed={(error) => {
            if (error instanceof ProblemError && error.status === 410) {
              setReached('void');
            }
          }}
        />
      )}
      {stage === 'done' && (
        <Outcome icon={CircleCheck} text={texts.resetDone}>
          <ActionLink page="/login">{texts.toSignIn}</ActionLink>
        </Outcome>
      )}
      {stage === 'void' && (
        <Outcome icon={Unlink} text={texts.resetVoid}>
          <ActionLink page="/forgot">{texts.newLink}</ActionLink>
        </Outcome>
      )}
    </SignInFrame>
  );
}
