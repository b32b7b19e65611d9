'use client';

import { useApi, type AuditEntry } from '@kumiko/api-client';
import { Button, EmptyState, ErrorState, formatDate, Skeleton, useLanguage, useSharedTexts, useTexts, useToast } from '@kumiko/ui';
import { PageLink } from '@kumiko/ui/next/link';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { Suspense, useState } from 'react';
import { Page } from '../account/Page';
import { describeAction, describeDetails } from '../activity/describe';
import { activityMessages } from '../activity/messages';
import { FormProblem } from '../forms/FormProblem';
import { useSubmission } from '../forms/submission';
import { AdminError } from './AdminError';
import { asksForMore } from './asksForMore';
import { AdminsOnly } from './AdminsOnly';
import { AuditFilters, type Filters } from './AuditFilters';
import { maxExported, toCsv, toJson } from './exportEntries';
import { adminMessages } from './messages';

/** The audit trail. */
export function AuditPage() {
  const texts = useTexts(adminMessages);
  return (
    <Page title={texts.audit} lead={texts.auditLead}>
      <AdminsOnly>
        <Suspense fallback={<AuditSkeleton />}>
          <Audit />
        </Suspense>
      </AdminsOnly>
    </Page>
  );
}

function Audit() {
  const texts = useTexts(adminMessages);
  const params = useSearchParams();
  const [filters, setFilters] = useState<Filters>({
    actor: params.get('actor') ?? '',
    subject: params.get('subject') ?? '',
    action: '',
    from: '',
    to: '',
  });
  const { administration } = useApi();

  function read(limit: number, cursor: string | undefined, signal?: AbortSignal) {
    return administration.listAuditEntries(
      numberOf(filters.actor),
      numberOf(filters.subject),
      filters.action === '' ? undefined : filters.action,
      timeOf(filters.from, 0),
      // The whole last day.
      timeOf(filters.to, 1),
      limit,
      cursor,
      signal,
    );
  }

  const query = useInfiniteQuery({
    queryKey: ['audit', filters],
    queryFn: ({ pageParam, signal }) => read(50, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
  });

  async function readAll(): Promise<AuditEntry[]> {
    const all: AuditEntry[] = [];
    let cursor: string | undefined;
    do {
      const page = await read(100, cursor);
      all.push(...page.items);
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined && all.length < maxExported);
    return all;
  }

  const entries = query.data?.pages.flatMap((page) => page.items);
  if (asksForMore(query.error)) {
    return <AdminError error={query.error} onRetry={() => query.refetch({ throwOnError: true })} />;
  }
  return (
    <>
      <AuditFilters filters={filters} onChange={setFilters} />
      {entries === undefined ? (
        query.isError ? (
          <AdminError error={query.error} onRetry={() => query.refetch({ throwOnError: true })} />
        ) : (
          <AuditSkeleton />
        )
      ) : entries.length === 0 ? (
        <EmptyState title={texts.emptyTitle}>{texts.empty}</EmptyState>
      ) : (
        <>
          <Export readAll={readAll} />
          <ol aria-label={texts.audit} className="divide-y divide-line rounded-lg border border-line bg-surface">
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </ol>
        </>
      )}
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

function Entry({ entry }: { entry: AuditEntry }) {
  const texts = useTexts(adminMessages);
  const activity = useTexts(activityMessages);
  const language = useLanguage();
  const details = describeDetails(entry.details, activity);
  return (
    <li className="grid gap-x-6 gap-y-1 p-4 text-sm sm:px-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,14rem)_12rem]">
      <div className="min-w-0">
        <p className="font-medium">
          {describeAction(entry, activity)}
          {entry.outcome === 'refused' && (
            <span className="ms-2 rounded-full bg-danger-soft px-2.5 py-0.5 text-xs font-medium text-danger">{texts.refused}</span>
          )}
        </p>
        <p className="flex flex-wrap gap-x-3 text-xs text-muted">
          {details !== null && <span>{details}</span>}
          {entry.reason !== null && <q className="break-words">{entry.reason}</q>}
        </p>
      </div>
      <dl className="min-w-0 text-xs text-muted">
        <Party name={texts.who} id={entry.actor_id} username={entry.actor_name} otherwise={texts.operator} />
        <Party name={texts.whom} id={entry.subject_id} username={entry.subject_name} otherwise={texts.gone} />
      </dl>
      <p className="flex flex-wrap gap-x-3 text-xs text-muted lg:flex-col">
        <time dateTime={entry.at} title={entry.at}>
          {formatDate(new Date(entry.at), 'moment', language)}
        </time>
        {entry.client !== null && <span>{entry.client}</span>}
      </p>
    </li>
  );
}

function Party({ name, id, username, otherwise }: { name: string; id: number | null; username: string | null; otherwise: string }) {
  return (
    <div className="flex gap-1.5">
      <dt className="shrink-0">{name}</dt>
      <dd className="min-w-0 break-words text-ink">
        {id === null ? (
          <span className="text-muted italic">{otherwise}</span>
        ) : (
          <PageLink href={`/admin/person?id=${id}`} prefetch={false} className="hover:underline">
            {username ?? `#${id}`}
          </PageLink>
        )}
      </dd>
    </div>
  );
}

function Export({ readAll }: { readAll: () => Promise<AuditEntry[]> }) {
  const texts = useTexts(adminMessages);
  const language = useLanguage();
  const toast = useToast();
  const number = (count: number) => count.toLocaleString(language);
  const run = useSubmission({
    mutationFn: async (kind: 'csv' | 'json') => {
      const entries = await readAll();
      save(`audit.${kind}`, kind === 'csv' ? 'text/csv' : 'application/json', kind === 'csv' ? toCsv(entries) : toJson(entries));
      return entries.length;
    },
    onSuccess: (count) => toast({ message: texts.exported(number(count)) }),
  });
  return (
    <section aria-label={texts.exportTitle} className="flex flex-col gap-5">
      <FormProblem error={run.error} />
      <div className="flex flex-wrap items-center gap-3">
        {(['csv', 'json'] as const).map((kind) => (
          <Button key={kind} busy={run.isPending && run.variables === kind} onClick={() => run.mutate(kind)}>
            {!(run.isPending && run.variables === kind) && <Download aria-hidden="true" className="size-4" />}
            {texts[kind]}
          </Button>
        ))}
        <p className="text-xs text-muted">{texts.exportText(number(maxExported))}</p>
      </div>
    </section>
  );
}

function save(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

function numberOf(text: string): number | undefined {
  return /^[1-9]\d{0,15}$/.test(text) ? Number(text) : undefined;
}

// The input has a day of the person's own calendar.
function timeOf(day: string, later: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number);
  return year === undefined || month === undefined || date === undefined || Number.isNaN(year + month + date)
    ? undefined
    : new Date(year, month - 1, date + later).toISOString();
}

function AuditSkeleton() {
  const texts = useSharedTexts();
  return (
    <div role="status" aria-label={texts.loading} className="flex flex-col gap-3">
      {[1, 2, 3, 4].map((row) => (
        <Skeleton key={row} className="h-16 w-full" />
      ))}
    </div>
  );
}
