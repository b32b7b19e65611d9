'use client';

import { useTexts } from '@kumiko/ui';
import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { messages } from '../messages';
import { OtherFormLink } from '../sign-in/OtherFormLink';
import { SignInFrame } from '../sign-in/SignInFrame';
import { ForgotForm } from './ForgotForm';
import { Outcome } from '../forms/Outcome';

/** Asks for a mail with which to choose a new password. It never reveals whether an account has the address. */
export function ForgotPage() {
  const texts = useTexts(messages);
  const [email, setEmail] = useState<string | null>(null);
  return (
    <SignInFrame title={texts.forgotTitle} lead={email === null ? texts.forgotLead : null}>
      {email === null ? <ForgotForm onSent={setEmail} /> : <Outcome icon={MailCheck} text={texts.forgotSent(email)} />}
      <OtherFormLink question={texts.remembered} page="/login" label={texts.toSignIn} />
    </SignInFrame>
  );
}
