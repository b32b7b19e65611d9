'use client';

import { Button, useSharedTexts, useTexts } from '@kumiko/ui';
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
  const shared = useSharedTexts();
  const [email, setEmail] = useState('');
  const [isSent, setSent] = useState(false);
  return (
    <SignInFrame title={isSent ? texts.checkMail : texts.forgotTitle} lead={isSent ? null : texts.forgotLead}>
      {isSent ? (
        <Outcome icon={MailCheck} text={texts.forgotSent(email)}>
          <Button className="min-h-12!" onClick={() => setSent(false)}>
            {shared.retry}
          </Button>
        </Outcome>
      ) : (
        <ForgotForm
          email={email}
          onSent={(address) => {
            setEmail(address);
            setSent(true);
          }}
        />
      )}
      <OtherFormLink question={texts.remembered} page="/login" label={texts.toSignIn} />
    </SignInFrame>
  );
}
