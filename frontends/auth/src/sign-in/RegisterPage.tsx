'use client';

import { useTexts } from '@kumiko/ui';
import { messages } from '../messages';
import { OtherFormLink } from './OtherFormLink';
import { RegisterForm } from './RegisterForm';
import { SignInLayout } from './SignInLayout';

export function RegisterPage() {
  const texts = useTexts(messages);
  return (
    <SignInLayout title={texts.registerTitle} lead={texts.registerLead}>
      <RegisterForm />
      <OtherFormLink question={texts.knownHere} page="/login" label={texts.toSignIn} />
    </SignInLayout>
  );
}
