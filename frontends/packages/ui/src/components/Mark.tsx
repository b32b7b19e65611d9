import clsx from 'clsx';

/** Kumiko's logo: a hexagon of the lattice. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 32 32"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinejoin="round"
      strokeLinecap="round"
      className={clsx('size-7', className)}
    >
      <path d="M16 3.500 27 9.750v12.500L16 28.500 5 22.250V9.750z" />
      <path d="M16 16V3.500M16 16l11-6.250M16 16l11 6.250M16 16v12.500M16 16 5 22.250M16 16 5 9.750" />
    </svg>
  );
}
