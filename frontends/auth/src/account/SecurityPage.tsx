'use client';

import { useTexts } from '@kumiko/ui';
import { ActivityList } from '../activity/ActivityList';
import { activityMessages } from '../activity/messages';
import { messages } from '../messages';
import { Page, Section } from './Page';
import { Passkeys } from './Passkeys';
import { PasswordForm } from './PasswordForm';
import { SecondFactor } from './SecondFactor';
import { StepUp } from './StepUp';
import { useUser } from './SignedInOnly';

export function SecurityPage() {
  const texts = useTexts(messages);
  return (
    <Page title={texts.security} lead={texts.securityLead}>
      <Section title={texts.changePassword} text={texts.changePasswordText}>
        <PasswordForm />
      </Section>
      <Section title={texts.passkeys} text={texts.passkeysText}>
        <StepUp>
          <Passkeys />
        </StepUp>
      </Section>
      <Section title={texts.secondFactor} text={texts.secondFactorText}>
        <StepUp>
          <SecondFactor />
        </StepUp>
      </Section>
      <Activity />
    </Page>
  );
}

function Activity() {
  const texts = useTexts(activityMessages);
  const { id } = useUser();
  return (
    <Section title={texts.activity} text={texts.activityText}>
      <ActivityList userId={id} />
    </Section>
  );
}
