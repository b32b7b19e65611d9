'use client';

import { useApi, useSession } from '@kumiko/api-client';
import { useTexts } from '@kumiko/ui';
import { useQueryClient } from '@tanstack/react-query';
import { messages } from '../messages';
import { ActionLink } from './ActionLink';
import { LinkPage } from './LinkPage';

/** Proves an e-mail address. */
export function VerifyPage() {
  const texts = useTexts(messages);
  const { account } = useApi();
  const { status } = useSession();
  const client = useQueryClient();
  const isSignedIn = status === 'signed-in';
  return (
    <LinkPage
      title={texts.verifyTitle}
      lead={texts.verifyLead}
      action={texts.verify}
      send={async (token) => {
        await account.verifyEmail({ token });
        await client.invalidateQueries({ queryKey: ['me'] });
      }}
      doneTitle={texts.verifyDoneTitle}
      done={texts.verifyDone}
      next={<ActionLink page={isSignedIn ? '/account' : '/login'}>{isSignedIn ? texts.toAccount : texts.toSignIn}</ActionLink>}
      spent={texts.verifyVoid}
      nextIfSpent={{ page: '/account', label: texts.toAccount }}
    />
  );
}
