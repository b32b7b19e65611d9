'use client';

import { ProblemError, useApi, type Passkey } from '@kumiko/api-client';
import { Button, ErrorState, late, Skeleton, useSharedTexts, useTexts, useToast } from '@kumiko/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { FormProblem } from '../forms/FormProblem';
import { NotProved } from '../forms/NotProved';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';
import { useHasPasskeys } from '../passkeys/useHasPasskeys';
import { makePasskey, PasskeyDeclined, PasskeyThere } from '../passkeys/webauthn';
import { readDevice } from './device';
import { PasskeyItem } from './PasskeyItem';
import { useUser } from './SignedInOnly';
import { useStepUp } from './StepUp';

const RenamePasskeyDialog = late(() => import('./RenamePasskeyDialog'));
const RemovePasskeyDialog = late(() => import('./RemovePasskeyDialog'));

/** Something that a dialog is about, and stays about while it closes. */
type Asked = { about: 'name' | 'new-name' | 'removal'; passkey: Passkey } | null;

/** Lists the passkeys of the account, and adds, renames and removes them. */
export function Passkeys() {
  const texts = useTexts(messages);
  const { session, passkeys } = useApi();
  const user = useUser();
  const client = useQueryClient();
  const showToast = useToast();
  const withProof = useStepUp();
  const isOffered = useHasPasskeys();
  const [asked, setAsked] = useState<Asked>(null);
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const queryKey = ['passkeys', user.id];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => passkeys.listPasskeys(100, undefined, signal),
    refetchOnWindowFocus: 'always',
  });

  function ask(about: NonNullable<Asked>['about'], passkey: Passkey): void {
    setAsked({ about, passkey });
    setOpen(true);
  }

  // The list and the number of passkeys, which other pages show.
  async function show(change: (before: Passkey[]) => Passkey[]): Promise<void> {
    await client.cancelQueries({ queryKey });
    const items = change(query.data?.items ?? []);
    client.setQueryData(queryKey, { items, next_cursor: null });
    session.update({ ...user, passkeys: items.length });
  }

  const addition = useSubmission({
    mutationFn: async () => {
      const made = await makePasskey(await withProof(() => passkeys.beginPasskeyRegistration()));
      const device = readDevice(navigator.userAgent);
      return passkeys.finishPasskeyRegistration({ ...made, ...(device !== null && { name: texts.device(device.browser, device.system) }) });
    },
    onSuccess: async (passkey) => {
      await show((before) => [passkey, ...before]);
      ask('new-name', passkey);
    },
  });
  const removal = useSubmission({
    mutationFn: (passkey: Passkey) => withProof(() => removeIfThere(passkeys.removePasskey(passkey.id))),
    onSuccess: async (_, { id }) => {
      await show((before) => before.filter((other) => other.id !== id));
      showToast({ message: texts.passkeyRemoved });
      place.current?.focus();
    },
  });

  if (query.data === undefined) {
    if (query.fetchStatus === 'paused') {
      return <p className="text-sm text-muted">{texts.offline}</p>;
    }
    return query.isError ? <ErrorState inSection error={query.error} onRetry={() => void query.refetch()} /> : <ListSkeleton />;
  }
  const { items } = query.data;
  return (
    // Has the focus when the button that had it is gone.
    <div ref={place} tabIndex={-1} className="flex flex-col gap-5 outline-none">
      {items.length > 0 && (
        <ul aria-label={texts.passkeys} className="divide-y divide-line rounded-md border border-line">
          {items.map((passkey) => (
            <PasskeyItem
              key={passkey.id}
              passkey={passkey}
              isBusy={removal.isPending && removal.variables.id === passkey.id}
              onRename={() => ask('name', passkey)}
              onRemove={() => ask('removal', passkey)}
            />
          ))}
        </ul>
      )}
      {items.length === 0 && <p className="text-sm text-muted">{texts.noPasskeys}</p>}
      {items.length === 1 && <p className="text-sm text-muted">{texts.onePasskey}</p>}
      {!isOffered && <p className="text-sm text-muted">{texts.passkeysUnavailable}</p>}
      <FormProblem error={isDeclined(removal.error) ? null : removal.error} meanings={{ 409: texts.lastWay }} />
      <FormProblem
        error={isDeclined(addition.error) || addition.error instanceof PasskeyThere ? null : addition.error}
        meanings={{ 409: texts.passkeysFull, 410: texts.passkeyLate, 422: texts.passkeyRejected }}
      />
      {addition.error instanceof PasskeyThere && (
        <p role="alert" className="text-sm text-danger">
          {texts.passkeyThere}
        </p>
      )}
      {isOffered && (
        <div>
          <Button kind={items.length === 0 ? 'primary' : 'secondary'} busy={addition.isPending} onClick={() => addition.mutate()}>
            {texts.addPasskey}
          </Button>
        </div>
      )}
      {asked !== null && asked.about !== 'removal' && (
        <RenamePasskeyDialog
          passkey={asked.passkey}
          isNew={asked.about === 'new-name'}
          open={isOpen}
          fallback={place}
          onOpenChange={setOpen}
          onFailed={() => setAsked(null)}
          onRenamed={(renamed) => void show((before) => before.map((other) => (other.id === renamed.id ? renamed : other)))}
        />
      )}
      {asked !== null && asked.about === 'removal' && (
        <RemovePasskeyDialog
          name={asked.passkey.name}
          open={isOpen}
          fallback={place}
          onOpenChange={setOpen}
          onFailed={() => setAsked(null)}
          onConfirmed={() => removal.mutate(asked.passkey)}
        />
      )}
    </div>
  );
}

function isDeclined(error: unknown): boolean {
  return error instanceof NotProved || error instanceof PasskeyDeclined;
}

// If it was removed elsewhere, the goal is reached.
async function removeIfThere(removal: Promise<void>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== 404) {
      throw error;
    }
  }
}

function ListSkeleton() {
  const texts = useSharedTexts();
  return (
    <div role="status" aria-label={texts.loading} className="flex flex-col gap-5">
      <Skeleton className="h-5 w-56 max-w-full" />
      <Skeleton className="h-11 w-36" />
    </div>
  );
}
