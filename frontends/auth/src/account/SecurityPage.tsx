'use client';

import { useTexts } from '@kumiko/ui';
import { messages } from '../messages';
import { Page, Section } from './Page';
import { PasswordForm } from './PasswordForm';

export function SecurityPage() {
  const texts = useTexts(messages);
  return (
    <Page title={texts.security} lead={texts.securityLead}>
      <Section title={texts.changePassword} text={texts.changePasswordText}>
        <PasswordForm />
      </Section>
    </Page>
  );
}
