'use client';

import { useTexts } from '@kumiko/ui';
import { useState } from 'react';
import { messages } from '../messages';
import { CodeForm } from './CodeForm';
import type { Credentials } from './credentials';
import { LoginForm } from './LoginForm';
import { OtherFormLink } from './OtherFormLink';
import { PasskeyButton } from './PasskeyButton';
import { SignInLayout } from './SignInLayout';
import { UnverifiedPage } from './UnverifiedPage';

/** Asks for the address and the password, and then for what the account needs besides: a code, or a proof of its address. */
export function LoginPage() {
  const texts = useTexts(messages);
  const [proved, setProved] = useState<Credentials | null>(null);
  const [unverified, setUnverified] = useState<Credentials | null>(null);
  const [isBack, setBack] = useState(false);

  function goBack(): void {
    setProved(null);
    setUnverified(null);
    setBack(true);
  }

  if (unverified !== null) {
    return <UnverifiedPage credentials={unverified} onBack={goBack} />;
  }
  if (proved !== null) {
    return (
      <SignInLayout title={texts.codeTitle} lead={texts.codeLead}>
        <CodeForm credentials={proved} onBack={goBack} />
      </SignInLayout>
    );
  }
  return (
    <SignInLayout title={texts.signInTitle} lead={texts.signInLead}>
      <LoginForm takesFocus={isBack} onSecondFactor={setProved} onUnverified={setUnverified} />
      <PasskeyButton />
      <OtherFormLink question={texts.newHere} page="/register" label={texts.toRegister} />
    </SignInLayout>
  );
}
