'use client';

import { useTexts } from '@kumiko/ui';
import { messages } from '../messages';
import { DoorPage } from './DoorPage';
import { LoginForm } from './LoginForm';
import { OtherDoor } from './OtherDoor';

export function LoginPage() {
  const texts = useTexts(messages);
  return (
    <DoorPage title={texts.signInTitle} lead={texts.signInLead}>
      <LoginForm />
      <OtherDoor question={texts.newHere} page="/register" label={texts.toRegister} />
    </DoorPage>
  );
}
