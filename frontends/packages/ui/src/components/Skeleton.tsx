import clsx from 'clsx';

/** Stands where text will be, in its size. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={clsx('block animate-[kumiko-pulse_1.6s_ease-in-out_infinite] rounded-md bg-raised', className)} />;
}
