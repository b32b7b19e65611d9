'use client';

import { useApi, useSession } from '@kumiko/api-client';
import { useTexts } from '@kumiko/ui';
import { useState } from 'react';
import { messages } from '../messages';
import { ActionLink } from './ActionLink';
import { LinkPage } from './LinkPage';

/** Removes what somebody else has added to an account for signing in, for whoever got the mail about it. A new password comes next. */
export function UndoFactorsPage() {
  const texts = useTexts(messages);
  const { account } = useApi();
  const isSignedIn = useSession().status === 'signed-in';
  const [resetToken, setResetToken] = useState('');
  return (
    <LinkPage
      title={texts.undoTitle}
      lead={texts.undoLead}
      action={texts.undo}
      send={async (token) => setResetToken((await account.undoFactors({ token })).reset_token)}
      doneTitle={texts.recoveredTitle}
      done={texts.undoDone}
      next={<ActionLink page={`/reset#token=${resetToken}`}>{texts.chooseNewPassword}</ActionLink>}
      spent={isSignedIn ? texts.undoVoid : texts.recoveryVoid}
      nextIfSpent={
        isSignedIn ? { page: '/account/security', label: texts.toSecurity } : { page: '/forgot', label: texts.chooseNewPassword }
      }
    />
  );
}
