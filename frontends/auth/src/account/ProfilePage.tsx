'use client';

import { afterInteraction, Avatar, Button, formatDate, late, useLanguage, useTexts } from '@kumiko/ui';
import { BadgeCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { messages } from '../messages';
import { AddressStatus } from './AddressStatus';
import { DownloadData } from './DownloadData';
import { Page, Section } from './Page';
import { ProfileForm } from './ProfileForm';
import { useUser } from './SignedInOnly';
import { StepUp } from './StepUp';

const loadDialog = () => import('./DeleteAccountDialog');
const DeleteAccountDialog = late(loadDialog);

export function ProfilePage() {
  const texts = useTexts(messages);
  return (
    <Page title={texts.profile} lead={texts.profileLead}>
      <Identity />
      <AddressStatus />
      <Section title={texts.details}>
        <ProfileForm />
      </Section>
      <Section title={texts.dataTitle} text={texts.dataText}>
        <StepUp>
          <DownloadData />
        </StepUp>
      </Section>
      <Section title={texts.dangerTitle} text={texts.dangerText} danger>
        <DeleteAccount />
      </Section>
    </Page>
  );
}

function Identity() {
  const texts = useTexts(messages);
  const user = useUser();
  const language = useLanguage();
  const joined = formatDate(new Date(user.created_at), 'long', language);
  return (
    <div className="flex items-start gap-3 sm:items-center sm:gap-4">
      <Avatar id={user.id} name={user.username} className="size-12! text-lg! sm:size-16! sm:text-xl!" />
      <div className="min-w-0">
        <p className="text-lg font-semibold">{user.username}</p>
        <p className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
          <Address email={user.email} />
          {user.email_verified && <VerifiedMark />}
        </p>
        <p className="text-sm text-muted">
          <time dateTime={user.created_at}>{texts.joined(joined)}</time>
        </p>
      </div>
    </div>
  );
}

function DeleteAccount() {
  const texts = useTexts(messages);
  const [isOpen, setOpen] = useState(false);
  const [isWanted, setWanted] = useState(false);

  useEffect(() => afterInteraction([loadDialog]), []);

  return (
    <>
      <Button
        kind="danger"
        aria-haspopup="dialog"
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      >
        {texts.deleteAccount}
      </Button>
      {isWanted && <DeleteAccountDialog open={isOpen} onOpenChange={setOpen} onFailed={() => setWanted(false)} />}
    </>
  );
}

/** Breaks the line before the @ if necessary. */
function Address({ email }: { email: string }) {
  const [local, domain] = email.split('@');
  return (
    <span>
      {local}
      <wbr />@{domain}
    </span>
  );
}

function VerifiedMark() {
  const texts = useTexts(messages);
  return (
    <span className="inline-flex items-center gap-1 text-xs font-medium text-good">
      <BadgeCheck aria-hidden="true" className="size-3.5" />
      {texts.verified}
    </span>
  );
}
