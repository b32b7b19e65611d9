'use client';

import { useTexts } from '@kumiko/ui';
import { messages } from '../messages';
import { Page, Section } from './Page';
import { PasswordForm } from './PasswordForm';
import { SecondFactor } from './SecondFactor';
import { StepUp } from './StepUp';

export function SecurityPage() {
  const texts = useTexts(messages);
  return (
    <Page title={texts.security} lead={texts.securityLead}>
      <Section title={texts.changePassword} text={texts.changePasswordText}>
        <PasswordForm />
      </Section>
      <Section title={texts.secondFactor} text={texts.secondFactorText}>
        <StepUp>
          <SecondFactor />
        </StepUp>
      </Section>
    </Page>
  );
}
