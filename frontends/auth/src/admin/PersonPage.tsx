'use client';

import { ProblemError, useApi, type ManagedUser } from '@kumiko/api-client';
import {
  afterInteraction,
  Avatar,
  Button,
  EmptyState,
  formatDate,
  late,
  Skeleton,
  useLanguage,
  useSharedTexts,
  useTexts,
} from '@kumiko/ui';
import { PageLink } from '@kumiko/ui/next/link';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { Page, Section } from '../account/Page';
import { useUser } from '../account/SignedInOnly';
import { FormProblem } from '../forms/FormProblem';
import { AdminError } from './AdminError';
import { AdminsOnly } from './AdminsOnly';
import { Badges } from './Badges';
import type { PersonQuestion } from './PersonDialog';
import { adminMessages } from './messages';
import { RoleForm } from './RoleForm';
import { useUpdateUser } from './useUpdateUser';

const loadDialog = () => import('./PersonDialog');
const PersonDialog = late(loadDialog);

/** One account, and what an admin may do with it. */
export function PersonPage() {
  const texts = useTexts(adminMessages);
  return (
    <Page title={texts.person} lead={texts.personLead}>
      <AdminsOnly>
        <Suspense fallback={<PersonSkeleton />}>
          <PersonOfAddress />
        </Suspense>
      </AdminsOnly>
    </Page>
  );
}

function PersonOfAddress() {
  const text = useSearchParams().get('id') ?? '';
  const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : null;
  return (
    <>
      <BackLink />
      {id === null ? <NoPerson /> : <Person key={id} id={id} />}
    </>
  );
}

function Person({ id }: { id: number }) {
  const { administration } = useApi();
  const query = useQuery({
    queryKey: ['person', id],
    queryFn: ({ signal }) => administration.getManagedUser(id, undefined, signal),
    refetchOnWindowFocus: 'always',
  });
  if (query.data !== undefined) {
    return <PersonDetails user={query.data} />;
  }
  if (query.error instanceof ProblemError && query.error.status === 404) {
    return <NoPerson />;
  }
  return query.isError ? <AdminError error={query.error} onRetry={() => query.refetch({ throwOnError: true })} /> : <PersonSkeleton />;
}

function PersonDetails({ user }: { user: ManagedUser }) {
  const texts = useTexts(adminMessages);
  const language = useLanguage();
  const me = useUser();
  const [question, setQuestion] = useState<PersonQuestion | null>(null);
  const [isOpen, setOpen] = useState(false);

  useEffect(() => afterInteraction([loadDialog]), []);

  function ask(wanted: PersonQuestion): void {
    setQuestion(wanted);
    setOpen(true);
  }

  return (
    <>
      <div className="flex items-start gap-3 sm:items-center sm:gap-4">
        <Avatar id={user.id} name={user.username} className="size-12! text-lg! sm:size-16! sm:text-xl!" />
        <div className="min-w-0">
          <h2 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-lg font-semibold">
            {user.username}
            <Badges user={user} />
          </h2>
          <p className="text-sm break-words text-muted">{user.email}</p>
          <dl className="flex flex-wrap gap-x-4 text-sm text-muted">
            <Fact name={texts.joined}>{formatDate(new Date(user.created_at), 'long', language)}</Fact>
            <Fact name={texts.number}>{user.id}</Fact>
          </dl>
        </div>
      </div>
      <ul className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
        <li>
          <AuditLink query={`subject=${user.id}`}>{texts.toAudit}</AuditLink>
        </li>
        <li>
          <AuditLink query={`actor=${user.id}`}>{texts.toOwnActions}</AuditLink>
        </li>
      </ul>
      {user.id === me.id ? (
        <p className="rounded-md bg-raised px-3.5 py-2.5 text-sm text-muted">{texts.itIsYou}</p>
      ) : (
        <>
          {user.disabled && <DisabledSection user={user} />}
          <Section title={texts.roleTitle} text={texts.roleText}>
            <RoleForm key={user.role} user={user} />
          </Section>
          <Section title={texts.endTitle} text={texts.endText}>
            <Button aria-haspopup="dialog" onClick={() => ask('end')}>
              {texts.end}
            </Button>
          </Section>
          {!user.disabled && (
            <Section title={texts.disableTitle} text={texts.disableText} danger>
              <Button kind="danger" aria-haspopup="dialog" onClick={() => ask('disable')}>
                {texts.disable}
              </Button>
            </Section>
          )}
          {question !== null && (
            <PersonDialog user={user} question={question} open={isOpen} onOpenChange={setOpen} onFailed={() => setQuestion(null)} />
          )}
        </>
      )}
    </>
  );
}

function DisabledSection({ user }: { user: ManagedUser }) {
  const texts = useTexts(adminMessages);
  const language = useLanguage();
  const enable = useUpdateUser(user, texts.enableDone);
  return (
    <Section title={texts.enableTitle} danger>
      <dl className="-mt-3 mb-5 flex flex-col gap-1 text-sm text-muted">
        {user.disabled_at !== null && <Fact name={texts.disabledSince}>{formatDate(new Date(user.disabled_at), 'exact', language)}</Fact>}
        {user.disabled_reason !== null && <Fact name={texts.reason}>{user.disabled_reason}</Fact>}
      </dl>
      <div className="flex flex-col gap-5">
        <FormProblem error={enable.error} meanings={{ 409: texts.conflict, 412: texts.stale }} />
        <div>
          <Button kind="primary" busy={enable.isPending} onClick={() => enable.mutate({ disabled: false })}>
            {texts.enable}
          </Button>
        </div>
      </div>
    </Section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className="shrink-0">{name}</dt>
      <dd className="min-w-0 text-ink">{children}</dd>
    </div>
  );
}

function AuditLink({ query, children }: { query: string; children: ReactNode }) {
  return (
    <PageLink href={`/admin/audit?${query}`} prefetch={false} className="inline-flex min-h-8 items-center text-accent hover:underline">
      {children}
    </PageLink>
  );
}

function BackLink() {
  const texts = useTexts(adminMessages);
  return (
    <PageLink href="/admin" className="-mb-2 inline-flex min-h-8 items-center gap-1.5 self-start text-sm text-muted hover:text-ink">
      <ArrowLeft aria-hidden="true" className="size-4" />
      {texts.backToPeople}
    </PageLink>
  );
}

function NoPerson() {
  const texts = useTexts(adminMessages);
  return <EmptyState title={texts.noPersonTitle}>{texts.noPerson}</EmptyState>;
}

function PersonSkeleton() {
  const texts = useSharedTexts();
  return (
    <div role="status" aria-label={texts.loading} className="flex flex-col gap-6">
      <Skeleton className="h-16 w-80 max-w-full" />
      <Skeleton className="h-56 w-full rounded-lg!" />
    </div>
  );
}
