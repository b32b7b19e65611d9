import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** What came of a link, and what to do next. It is announced, and takes the place of the form. */
export function Outcome({ icon: Icon, text, children }: { icon: LucideIcon; text: ReactNode; children?: ReactNode }) {
  return (
    <div role="status" className="flex flex-col gap-5">
      <div className="flex gap-3 rounded-md bg-accent-soft px-4 py-3">
        <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent" />
        <p className="min-w-0 wrap-anywhere">{text}</p>
      </div>
      {children}
    </div>
  );
}
