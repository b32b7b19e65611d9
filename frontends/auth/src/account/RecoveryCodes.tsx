'use client';

import { Button, formatDate, useLanguage, useTexts, useToast } from '@kumiko/ui';
import { Copy, Download, Printer } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { messages } from '../messages';
import { useUser } from './SignedInOnly';

/** Shows new recovery codes, this once, and how to keep them. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const texts = useTexts(messages);
  const showToast = useToast();
  const language = useLanguage();
  const user = useUser();
  const heading = useRef<HTMLHeadingElement>(null);

  // What had the focus is gone, and this must not be missed.
  useEffect(() => heading.current?.focus(), []);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(codes.join('\n'));
      showToast({ message: texts.copied });
    } catch {
      showToast({ message: texts.notCopied });
    }
  }

  function download(): void {
    const made = texts.codesMade(window.location.host, user.email, formatDate(new Date(), 'long', language));
    const file = URL.createObjectURL(new Blob([[made, '', ...codes, '', texts.codesOnce, ''].join('\n')], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = file;
    link.download = 'kumiko-recovery-codes.txt';
    link.click();
    URL.revokeObjectURL(file);
  }

  return (
    <div className="flex flex-col gap-5">
      <div data-printed>
        <h3 ref={heading} tabIndex={-1} className="font-semibold outline-none">
          {texts.codesTitle}
        </h3>
        <p className="mt-1 text-sm text-muted">{texts.codesText}</p>
        <p className="mt-4 hidden text-sm print:block">
          {texts.codesMade(window.location.host, user.email, formatDate(new Date(), 'long', language))}
        </p>
        <ul
          aria-label={texts.recoveryCodes}
          className="mt-4 grid gap-x-8 gap-y-2 rounded-md bg-raised px-5 py-4 font-mono text-base sm:grid-cols-2"
        >
          {codes.map((code) => (
            <li key={code} translate="no">
              {code}
            </li>
          ))}
        </ul>
      </div>
      <div className="flex flex-wrap gap-3">
        <Button onClick={() => void copy()}>
          <Copy aria-hidden="true" className="hidden size-4 sm:block" />
          {texts.copy}
        </Button>
        <Button onClick={download}>
          <Download aria-hidden="true" className="hidden size-4 sm:block" />
          {texts.download}
        </Button>
        <Button onClick={() => window.print()}>
          <Printer aria-hidden="true" className="hidden size-4 sm:block" />
          {texts.print}
        </Button>
      </div>
      <div>
        <Button kind="primary" onClick={onDone}>
          {texts.codesKept}
        </Button>
      </div>
    </div>
  );
}
