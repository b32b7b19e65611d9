'use client';

import { useApi, useSession } from '@kumiko/api-client';
import { useTexts } from '@kumiko/ui';
import { useState } from 'react';
import { messages } from '../messages';
import { ActionLink } from './ActionLink';
import { LinkPage } from './LinkPage';

/** Undoes a change of the e-mail address, for whoever reads the mails to the old one. A new password comes next. */
export function KeepEmailPage() {
  const texts = useTexts(messages);
  const { account } = useApi();
  const isSignedIn = useSession().status === 'signed-in';
  const [resetToken, setResetToken] = useState('');
  return (
    <LinkPage
      title={texts.keepTitle}
      lead={texts.keepLead}
      action={texts.keep}
      send={async (token) => setResetToken((await account.keepEmail({ token })).reset_token)}
      doneTitle={texts.recoveredTitle}
      done={texts.keepDone}
      next={<ActionLink page={`/reset#token=${resetToken}`}>{texts.chooseNewPassword}</ActionLink>}
      spent={isSignedIn ? texts.keepVoid : texts.recoveryVoid}
      nextIfSpent={isSignedIn ? { page: '/account', label: texts.toAccount } : { page: '/forgot', label: texts.chooseNewPassword }}
    />
  );
}
