import clsx from 'clsx';

/** Stands where text will be, in its size. It keeps still: every element that moves is a layer to be drawn, so a group moves as one, if at all. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={clsx('block rounded-md bg-raised', className)} />;
}
