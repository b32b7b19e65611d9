'use client';

import { ProblemError } from '@kumiko/api-client';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { useSharedTexts } from '../language';
import { describeProblem } from '../problems';
import { Button } from './Button';
import { Mark } from './Mark';

/** Says that nothing is here yet, and what to do about that. If it fills the whole page, its title is the page's: `heading="h1"`. */
export function EmptyState({
  title,
  heading: Heading = 'h2',
  children,
  action,
}: {
  title: string;
  heading?: 'h1' | 'h2';
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="lattice rounded-lg border border-line">
      <div className="flex flex-col items-center gap-3 rounded-lg bg-radial from-paper from-40% to-transparent px-6 py-16 text-center">
        <Mark className="size-10 text-control" />
        <Heading className="text-lg font-semibold">{title}</Heading>
        {children !== undefined && <p className="max-w-sm text-sm text-balance text-muted">{children}</p>}
        {action}
      </div>
    </div>
  );
}

/**
 * Says that something could not be read, what that means, how to try again, and the id to quote to support. Within a section, which has a
 * frame and a heading of its own, it is `inSection`.
 */
export function ErrorState({
  error,
  onRetry,
  title,
  heading,
  inSection = false,
}: {
  error: unknown;
  onRetry?: () => void;
  title?: string;
  heading?: 'h1' | 'h2';
  inSection?: boolean;
}) {
  const texts = useSharedTexts();
  const Heading = heading ?? (inSection ? 'h3' : 'h2');
  const trace = error instanceof ProblemError ? error.traceId : null;
  return (
    <div
      role="alert"
      className={clsx(
        'flex flex-col gap-3',
        inSection ? 'items-start' : 'items-center rounded-lg border border-line bg-surface px-6 py-12 text-center',
      )}
    >
      <Heading className={clsx('font-semibold', !inSection && 'text-lg')}>{title ?? texts.errorTitle}</Heading>
      <p className={clsx('text-sm text-muted', !inSection && 'max-w-sm text-balance')}>{describeProblem(error, texts)}</p>
      {onRetry !== undefined && <Button onClick={onRetry}>{texts.retry}</Button>}
      {trace !== null && <p className="font-mono text-xs text-muted">{texts.trace(trace)}</p>}
    </div>
  );
}
