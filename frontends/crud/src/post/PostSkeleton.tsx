'use client';

import { Skeleton, useTexts } from '@kumiko/ui';
import clsx from 'clsx';
import { messages } from '../messages';

const widths = ['w-11/12', 'w-2/3', 'w-10/12', 'w-1/2'];

/** Placeholders for posts. */
export function PostSkeletons({ count }: { count: number }) {
  return (
    // Content that arrives at once shows no pulse, which would only use processor time.
    <div className="animate-[kumiko-pulse_1.6s_ease-in-out_1s_infinite]">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={clsx('flex gap-3 px-4 py-4 sm:gap-4 sm:px-5', index > 0 && 'border-t border-line')}>
          <Skeleton className="mt-0.5 size-10 shrink-0 rounded-full!" />
          <div className="min-w-0 grow">
            <div className="flex h-11 items-center gap-2">
              <Skeleton className="h-4 w-28" />
              <Skeleton className="h-4 w-16" />
            </div>
            <div className="flex h-7 items-center max-sm:-ms-13 max-sm:mt-1">
              <Skeleton className={clsx('h-4', widths[index % widths.length])} />
            </div>
          </div>
        </div>
      ))}
    </div>
  );
}

/** A list or a post that is loading. */
export function LoadingPosts({ count = 6 }: { count?: number }) {
  const texts = useTexts(messages);
  return (
    <div aria-busy="true" className="card overflow-hidden">
      <p role="status" className="sr-only">
        {texts.loading}
      </p>
      <PostSkeletons count={count} />
    </div>
  );
}
