'use client';

import { useTexts } from '@kumiko/ui';
import { messages } from '../messages';
import { LoginForm } from './LoginForm';
import { OtherFormLink } from './OtherFormLink';
import { SignInLayout } from './SignInLayout';

export function LoginPage() {
  const texts = useTexts(messages);
  return (
    <SignInLayout title={texts.signInTitle} lead={texts.signInLead}>
      <LoginForm />
      <OtherFormLink question={texts.newHere} page="/register" label={texts.toRegister} />
    </SignInLayout>
  );
}
