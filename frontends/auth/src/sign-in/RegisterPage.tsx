'use client';

import { useApi } from '@kumiko/api-client';
import { useTexts } from '@kumiko/ui';
import { useQuery } from '@tanstack/react-query';
import { DoorClosed, MailCheck, Unlink } from 'lucide-react';
import { useState } from 'react';
import { useMailedLink } from '../forms/mailedToken';
import { Outcome } from '../forms/Outcome';
import { messages } from '../messages';
import type { Credentials } from './credentials';
import { OtherFormLink } from './OtherFormLink';
import { RegisterForm } from './RegisterForm';
import { SignInLayout } from './SignInLayout';
import { UnverifiedPage } from './UnverifiedPage';

/** Creates an account: where anybody may, or with an invitation. */
export function RegisterPage() {
  const texts = useTexts(messages);
  const { account } = useApi();
  const link = useMailedLink();
  const settings = useQuery({ queryKey: ['settings'], queryFn: ({ signal }) => account.getSettings(signal), retry: false });
  const [unverified, setUnverified] = useState<Credentials | null>(null);
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  const [isVoid, setVoid] = useState(false);
  const [isBack, setBack] = useState(false);
  // If no answer comes, the form is there: the server decides.
  const mode = settings.data?.registration ?? 'open';
  const invitation = link?.token ?? null;

  if (unverified !== null) {
    return (
      <UnverifiedPage
        credentials={unverified}
        onBack={() => {
          setUnverified(null);
          setBack(true);
        }}
      />
    );
  }
  const obstacle =
    mailedTo !== null
      ? { icon: MailCheck, text: texts.registerMailed(mailedTo) }
      : mode === 'closed'
        ? { icon: DoorClosed, text: texts.registrationClosed }
        : isVoid
          ? { icon: Unlink, text: texts.invitationVoid }
          : mode === 'invited' && link !== null && invitation === null
            ? { icon: DoorClosed, text: texts.invitationNeeded }
            : null;
  return (
    <SignInLayout
      title={mailedTo === null ? texts.registerTitle : texts.checkMail}
      lead={obstacle !== null ? null : invitation === null ? texts.registerLead : texts.invitedLead}
      isPending={settings.isLoading}
    >
      {obstacle === null ? (
        <RegisterForm
          invitation={invitation}
          invitedEmail={link?.email ?? null}
          takesFocus={isBack}
          onUnverified={setUnverified}
          onMailed={setMailedTo}
          onVoid={() => setVoid(true)}
        />
      ) : (
        <Outcome {...obstacle} takesFocus={mailedTo !== null || isVoid} />
      )}
      <OtherFormLink question={mailedTo === null ? texts.knownHere : texts.confirmedIt} page="/login" label={texts.toSignIn} />
    </SignInLayout>
  );
}
