'use client';

import { useApi, type Invitation } from '@kumiko/api-client';
import { Button, EmptyState, ErrorState, RelativeTime, Skeleton, useSharedTexts, useTexts, useToast } from '@kumiko/ui';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Page } from '../account/Page';
import { useStepUp } from '../account/StepUp';
import { NotProved } from '../forms/NotProved';
import { useSubmission } from '../forms/submission';
import { AdminError } from './AdminError';
import { AdminsOnly } from './AdminsOnly';
import { InviteForm } from './InviteForm';
import { adminMessages } from './messages';

/** Invites people, and lists the invitations that can still be used. */
export function InvitationsPage() {
  const texts = useTexts(adminMessages);
  return (
    <Page title={texts.invitations} lead={texts.invitationsLead}>
      <AdminsOnly>
        <InviteForm />
        <Invitations />
      </AdminsOnly>
    </Page>
  );
}

function Invitations() {
  const texts = useTexts(adminMessages);
  const shared = useSharedTexts();
  const { administration } = useApi();
  const query = useInfiniteQuery({
    queryKey: ['invitations'],
    queryFn: ({ pageParam, signal }) => administration.listInvitations(20, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
  });
  const invitations = query.data?.pages.flatMap((page) => page.items) ?? [];

  if (query.data === undefined) {
    return query.isError ? (
      <AdminError error={query.error} onRetry={() => query.refetch({ throwOnError: true })} />
    ) : (
      <div role="status" aria-label={shared.loading} className="flex flex-col gap-3">
        {[1, 2].map((row) => (
          <Skeleton key={row} className="h-16 w-full" />
        ))}
      </div>
    );
  }
  if (invitations.length === 0) {
    return <EmptyState title={texts.noInvitationsTitle}>{texts.noInvitations}</EmptyState>;
  }
  return (
    <>
      <ul aria-label={texts.invitations} className="divide-y divide-line rounded-lg border border-line bg-surface">
        {invitations.map((invitation) => (
          <InvitationItem key={invitation.id} invitation={invitation} />
        ))}
      </ul>
      {query.isFetchNextPageError && <ErrorState error={query.error} onRetry={() => void query.fetchNextPage()} />}
      {query.hasNextPage && (
        <div>
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {texts.more}
          </Button>
        </div>
      )}
    </>
  );
}

function InvitationItem({ invitation }: { invitation: Invitation }) {
  const texts = useTexts(adminMessages);
  const { administration } = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const withProof = useStepUp();
  const withdraw = useSubmission({
    mutationFn: () => withProof(() => administration.withdrawInvitation(invitation.id)),
    onSuccess: () => toast({ message: texts.withdrawn(invitation.email) }),
    onError: (error) => error instanceof NotProved || toast({ message: texts.notWithdrawn }),
    onSettled: () => client.invalidateQueries({ queryKey: ['invitations'] }),
  });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 p-4 sm:px-5">
      <div className="min-w-0 grow basis-56">
        <p className="font-medium wrap-anywhere">{invitation.email}</p>
        <p className="text-xs text-muted">
          {texts.invitedBy(invitation.invited_by_username ?? texts.gone)} · <RelativeTime value={invitation.created_at} />
        </p>
      </div>
      <Button
        busy={withdraw.isPending}
        aria-label={texts.withdrawNamed(invitation.email)}
        onClick={() => withdraw.mutate()}
        className="ms-auto"
      >
        {texts.withdraw}
      </Button>
    </li>
  );
}
