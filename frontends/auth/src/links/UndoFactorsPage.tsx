'use client';

import { useApi } from '@kumiko/api-client';
import { useTexts } from '@kumiko/ui';
import { useState } from 'react';
import { messages } from '../messages';
import { ActionLink } from './ActionLink';
import { LinkPage } from './LinkPage';

/** Removes what somebody else has added to an account for signing in, for whoever got the mail about it. A new password comes next. */
export function UndoFactorsPage() {
  const texts = useTexts(messages);
  const { account } = useApi();
  const [resetToken, setResetToken] = useState('');
  return (
    <LinkPage
      title={texts.undoTitle}
      lead={texts.undoLead}
      action={texts.undo}
      send={async (token) => setResetToken((await account.undoFactors({ token })).reset_token)}
      done={texts.undoDone}
      next={<ActionLink page={`/reset#token=${resetToken}`}>{texts.chooseNewPassword}</ActionLink>}
      spent={texts.undoVoid}
      nextIfSpent={{ page: '/account/security', label: texts.toSecurity }}
    />
  );
}
