'use client';

import { useSession } from '@kumiko/api-client';
import { buttonClass, late, signInAddress, Skeleton, useSharedTexts, useTexts } from '@kumiko/ui';
import { messages } from '../messages';
import { composerCard } from './composerCard';

// Only loaded for signed-in users.
const Writer = late(() => import('./Writer'));

/** The place to write a post; for visitors, an invitation to sign in. */
export function Composer() {
  const { status, user } = useSession();
  const isLoading = status === 'loading';
  return (
    <>
      {isLoading && (
        <div className="not-in-data-signed-in:hidden">
          <Waiting />
        </div>
      )}
      {user === null && (
        // While loading, shown to people who weren't signed in on their last visit (see boot.ts), without any change later.
        <div className={isLoading ? 'in-data-signed-in:hidden' : undefined}>
          <Invitation />
        </div>
      )}
      {user !== null && <Writer key={user.id} user={user} meanwhile={<Waiting />} />}
    </>
  );
}

function Waiting() {
  return (
    <div className={composerCard} aria-hidden="true">
      <Skeleton className="size-10 rounded-full!" />
    </div>
  );
}

function Invitation() {
  const texts = useTexts(messages);
  const shared = useSharedTexts();
  return (
    <section aria-label={texts.inviteTitle} className={`${composerCard} lattice relative flex-col justify-center overflow-hidden`}>
      <div className="absolute inset-0 bg-linear-to-r from-surface from-55% to-transparent rtl:bg-linear-to-l" />
      <div className="relative">
        <p className="text-lg font-semibold">{texts.inviteTitle}</p>
        <p className="text-sm text-muted">{texts.invite}</p>
        <div className="mt-3 flex flex-wrap gap-2">
          <a
            href="/auth/register"
            onClick={(event) => (event.currentTarget.href = signInAddress('register'))}
            className={buttonClass('primary')}
          >
            {shared.register}
          </a>
          <a
            href="/auth/login"
            onClick={(event) => (event.currentTarget.href = signInAddress())}
            className={buttonClass('secondary', 'max-sm:hidden')}
          >
            {shared.signIn}
          </a>
        </div>
      </div>
    </section>
  );
}
