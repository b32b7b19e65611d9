'use client';

import { useApi } from '@kumiko/api-client';
import { useTexts } from '@kumiko/ui';
import { messages } from '../messages';
import { ActionLink } from './ActionLink';
import { LinkPage } from './LinkPage';

/** Undoes a change of the e-mail address, for whoever reads the mails to the old one. */
export function KeepEmailPage() {
  const texts = useTexts(messages);
  const { account } = useApi();
  return (
    <LinkPage
      title={texts.keepTitle}
      lead={texts.keepLead}
      action={texts.keep}
      send={(token) => account.keepEmail({ token })}
      done={texts.keepDone}
      next={<ActionLink page="/forgot">{texts.chooseNewPassword}</ActionLink>}
      spent={texts.keepVoid}
      nextIfSpent={{ page: '/account', label: texts.toAccount }}
    />
  );
}
