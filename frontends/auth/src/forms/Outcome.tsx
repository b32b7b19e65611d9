import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';

/**
 * What came of a link, and what to do next. It is announced, and takes the place of the form, and its focus. With `takesFocus={false}` it
 * is what the page shows from the beginning.
 */
export function Outcome({
  icon: Icon,
  text,
  takesFocus = true,
  children,
}: {
  icon: LucideIcon;
  text: ReactNode;
  takesFocus?: boolean;
  children?: ReactNode;
}) {
  const place = useRef<HTMLDivElement>(null);

  // The button that had it is gone.
  useEffect(() => {
    if (takesFocus) {
      place.current?.focus();
    }
  }, [takesFocus]);

  return (
    <div ref={place} role="status" tabIndex={-1} className="flex flex-col gap-5 outline-none">
      <div className="flex gap-3 rounded-md bg-accent-soft px-4 py-3">
        <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent" />
        <p className="min-w-0 wrap-anywhere">{text}</p>
      </div>
      {children}
    </div>
  );
}
