'use client';

import { useOnline } from '@kumiko/browser';
import { useSharedTexts } from '../language';

/** Shown while the browser has no network. It covers the page, which does not move, and is below dialogs. */
export function OfflineBanner() {
  const isOnline = useOnline();
  return (
    <div role="status" className="pointer-events-none fixed inset-x-4 bottom-4 z-30 mx-auto max-w-md">
      {!isOnline && <Saying />}
    </div>
  );
}

/** As high as the banner while that is visible, for elements above dialogs that must not cover it. */
export function OfflineRoom() {
  const isOnline = useOnline();
  return (
    !isOnline && (
      <div aria-hidden="true" className="invisible">
        <Saying />
      </div>
    )
  );
}

function Saying() {
  const texts = useSharedTexts();
  return (
    <p className="rounded-md border border-line bg-raised px-4 py-3 text-sm shadow-float">
      <strong className="font-semibold">{texts.offlineTitle}</strong> {texts.offline}
    </p>
  );
}
