'use client';

import { ProblemError, useApi, useSession, type Api, type PasskeyProof } from '@kumiko/api-client';
import { Button, useTexts } from '@kumiko/ui';
import clsx from 'clsx';
import { KeyRound } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { FormProblem } from '../forms/FormProblem';
import { useSubmission } from '../forms/submission';
import { messages, type Messages } from '../messages';
import { useHasPasskeys } from '../passkeys/useHasPasskeys';
import { askForPasskey, fillsInPasskeys, PasskeyDeclined } from '../passkeys/webauthn';
import { isDisabled } from './disabled';
import { useObstacle } from './useObstacle';

/** Options are good for five minutes; after this time the autofill gets new ones. */
const refreshMs = 4 * 60_000;

/**
 * Signs in with a passkey: by the button, or by the autofill of a field with `autocomplete="… webauthn"`. The page around it redirects
 * after signing in.
 */
export function PasskeyButton() {
  const texts = useTexts(messages);
  const { session } = useApi();
  const { status } = useSession();
  const isOffered = useHasPasskeys();
  const isBarred = useObstacle() !== null;
  const entry = useSubmission({
    mutationFn: async (chosen: PasskeyProof | null) => {
      const proof = chosen ?? (await askForPasskey(await session.beginPasskey()));
      return session.signInWithPasskey({ ...proof, ...(!wantsToStay() && { remember: false }) });
    },
  });
  const isBusy = entry.isPending || status === 'signed-in';
  // The browser answers one request at a time. A passkey that was chosen in the autofill and refused would only be offered again.
  const isFilling = isOffered && !isBarred && status === 'anonymous' && !isBusy && !(entry.isError && entry.variables !== null);
  const sendFilled = useEffectEvent((proof: PasskeyProof) => entry.mutate(proof));

  useEffect(() => {
    if (!isFilling) {
      return undefined;
    }
    const controller = new AbortController();
    void fillIn(session, controller.signal).then((proof) => {
      if (proof !== null && !controller.signal.aborted) {
        sendFilled(proof);
      }
    });
    return () => controller.abort();
  }, [isFilling, session]);

  if (!isOffered) {
    return null;
  }
  return (
    <div className="flex flex-col gap-5">
      <p
        aria-hidden="true"
        className={clsx(
          'flex items-center gap-3 text-xs text-muted',
          'before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line',
        )}
      >
        {texts.or}
      </p>
      <FormProblem
        error={entry.error instanceof PasskeyDeclined ? null : entry.error}
        meanings={{ 401: meaningOf(entry.error, texts), 410: texts.passkeyLate }}
      />
      <Button busy={entry.isPending} disabled={isBarred || isBusy} className="min-h-12!" onClick={() => entry.mutate(null)}>
        {!entry.isPending && <KeyRound aria-hidden="true" className="size-4" />}
        {texts.signInWithPasskey}
      </Button>
    </div>
  );
}

function meaningOf(error: unknown, texts: Messages): string {
  if (error instanceof ProblemError && error.need === 'verified-email') {
    return texts.passkeyUnverified;
  }
  return isDisabled(error) ? texts.disabledSignIn : texts.passkeyRefused;
}

/** Whether the box of the form above is ticked, which is about every way to sign in. */
function wantsToStay(): boolean {
  return document.querySelector<HTMLInputElement>('input[name=remember]')?.checked ?? true;
}

/** Offers passkeys in the autofill until the person chooses one; null if that ends otherwise. The button is still there, and says why. */
async function fillIn(session: Api['session'], signal: AbortSignal): Promise<PasskeyProof | null> {
  try {
    if (!(await fillsInPasskeys())) {
      return null;
    }
    while (!signal.aborted) {
      const options = await session.beginPasskey();
      const fresh = AbortSignal.timeout(refreshMs);
      try {
        return await askForPasskey(options, AbortSignal.any([signal, fresh]));
      } catch (error) {
        if (!fresh.aborted) {
          throw error;
        }
      }
    }
  } catch {
    // Nothing is lost.
  }
  return null;
}
