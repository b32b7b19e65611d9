import { Avatar } from '@kumiko/ui';
import type { ReactNode } from 'react';

/** The layout of a post: its author's avatar, a line about it, its actions and its text. On a phone, the text uses the whole width. */
export function PostFrame({
  userId,
  name,
  line,
  actions,
  children,
}: {
  userId: number;
  name: string | null;
  line: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="flex gap-3 px-4 py-4 sm:gap-4 sm:px-5">
      <Avatar id={userId} name={name} className="mt-0.5" />
      <div className="min-w-0 grow">
        <div className="flex items-start justify-between gap-2">
          <p className="flex min-h-11 flex-wrap items-center gap-x-2 text-sm leading-5">{line}</p>
          {actions}
        </div>
        <div className="max-sm:-ms-13 max-sm:mt-1">{children}</div>
      </div>
    </div>
  );
}
