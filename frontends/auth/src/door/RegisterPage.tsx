'use client';

import { useTexts } from '@kumiko/ui';
import { messages } from '../messages';
import { DoorPage } from './DoorPage';
import { OtherDoor } from './OtherDoor';
import { RegisterForm } from './RegisterForm';

export function RegisterPage() {
  const texts = useTexts(messages);
  return (
    <DoorPage title={texts.registerTitle} lead={texts.registerLead}>
      <RegisterForm />
      <OtherDoor question={texts.knownHere} page="/login" label={texts.toSignIn} />
    </DoorPage>
  );
}
