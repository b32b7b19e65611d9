'use client';

import { useApi } from '@kumiko/api-client';
import { Button, useSharedTexts, useTexts, useToast } from '@kumiko/ui';
import clsx from 'clsx';
import { Copy } from 'lucide-react';
import type { SubmitEvent } from 'react';
import { CodeField } from '../forms/CodeField';
import { useFields } from '../forms/fields';
import { FormProblem } from '../forms/FormProblem';
import { hasAny, rejectedFields, type Meanings } from '../forms/rejections';
import { appCodeRule } from '../forms/rules';
import { useSubmission } from '../forms/submission';
import { messages } from '../messages';

/** What the authenticator app needs, in three forms. */
export interface AppSecret {
  secret: string;
  uri: string;
  qr: string;
}

const meanings: Meanings<'code'> = { 422: { code: ['code', 'codeWrong'] } };

/** Shows what the authenticator app needs, and asks for its first code. */
export function SetUpApp({
  secret,
  onCancel,
  onConfirmed,
}: {
  secret: AppSecret;
  onCancel: () => void;
  onConfirmed: (codes: readonly string[]) => void;
}) {
  const texts = useTexts(messages);
  const shared = useSharedTexts();
  const showToast = useToast();
  const { account } = useApi();
  const { hydrate, ...fields } = useFields({ code: '' }, { code: appCodeRule });
  const confirmation = useSubmission({
    mutationFn: (code: string) => account.confirmTotp({ code }),
    onSuccess: ({ recovery_codes: codes }) => onConfirmed(codes),
  });

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    if (!confirmation.isPending && fields.check(form)) {
      confirmation.mutate(fields.values.code, { onError: (error) => fields.reject(form, rejectedFields(error, meanings)) });
    }
  }

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(secret.secret);
      showToast({ message: texts.copied });
    } catch {
      showToast({ message: texts.notCopied });
    }
  }

  return (
    <form ref={hydrate} method="post" noValidate onSubmit={submit}>
      <ol className="flex flex-col gap-6">
        <li>
          <h3 className="text-sm font-semibold">{texts.scanTitle}</h3>
          <p className="mt-1 text-sm text-muted">{texts.scanText}</p>
          <div className="mt-4 flex flex-col gap-5 sm:flex-row sm:items-center">
            {/* White in the dark, too, because cameras need it. */}
            {/* eslint-disable-next-line @next/next/no-img-element -- The API draws it; there is nothing to load. */}
            <img src={secret.qr} alt={texts.qr} className="size-48 shrink-0 rounded-md border border-line bg-white" />
            <div className="min-w-0 text-sm">
              <p className="text-muted">{texts.secretText}</p>
              <p className="mt-2 font-mono text-base leading-7 font-medium" aria-label={texts.secret}>
                {groupsOf(secret.secret).map((group, at) => (
                  <span key={at} className="me-2 inline-block">
                    {group}
                  </span>
                ))}
              </p>
              <div className="mt-3 flex flex-wrap items-center gap-3">
                <Button onClick={() => void copy()}>
                  <Copy aria-hidden="true" className="size-4" />
                  {texts.copySecret}
                </Button>
                <a
                  href={secret.uri}
                  className={clsx(
                    'inline-flex min-h-11 items-center font-medium text-accent underline underline-offset-4',
                    'hover:text-accent-strong',
                  )}
                >
                  {texts.openApp}
                </a>
              </div>
            </div>
          </div>
        </li>
        <li className="flex max-w-md flex-col gap-5">
          <div>
            <h3 className="text-sm font-semibold">{texts.confirmTitle}</h3>
            <p className="mt-1 text-sm text-muted">{texts.confirmText}</p>
          </div>
          <FormProblem
            error={hasAny(rejectedFields(confirmation.error, meanings)) ? null : confirmation.error}
            meanings={{ 409: texts.setUpExpired }}
          />
          <CodeField field={fields.bind('code')} readOnly={confirmation.isPending} recovery={false} />
          <div className="flex flex-wrap gap-3">
            <Button kind="primary" type="submit" busy={confirmation.isPending}>
              {texts.turnOn}
            </Button>
            <Button kind="quiet" onClick={onCancel}>
              {shared.cancel}
            </Button>
          </div>
        </li>
      </ol>
    </form>
  );
}

/** The secret in groups of four, which are easier to type. */
function groupsOf(secret: string): string[] {
  return secret.match(/.{1,4}/g) ?? [];
}
