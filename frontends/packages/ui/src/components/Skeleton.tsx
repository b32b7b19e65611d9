import clsx from 'clsx';

/** A placeholder for text, in its size. It doesn't move: every moving element is a separate layer, so at most a whole group moves. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={clsx('block rounded-md bg-raised', className)} />;
}
