'use client';

import Link, { useLinkStatus } from 'next/link';
import type { ComponentProps } from 'react';
import { createPortal } from 'react-dom';
import { useSharedTexts } from '../language';

/** A link to another page of the same app. While that page loads, a bar at the top of the window shows it. */
export function PageLink({ children, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link {...props}>
      {children}
      <LinkProgress />
    </Link>
  );
}

function LinkProgress() {
  return useLinkStatus().pending ? <PageProgress /> : null;
}

/** Says that the next page is loading. It appears only if that takes a moment. */
export function PageProgress() {
  const texts = useSharedTexts();
  // Not inside the link: a row of a list may be moved by a transform, and a fixed position would refer to the row.
  return createPortal(
    <div role="progressbar" aria-label={texts.loading} className="page-progress fixed inset-x-0 top-0 z-50 h-0.5 bg-accent" />,
    document.body,
  );
}
