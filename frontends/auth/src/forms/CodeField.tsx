'use client';

import { TextField, useTexts } from '@kumiko/ui';
import clsx from 'clsx';
import { useState } from 'react';
import { messages } from '../messages';
import type { BoundField } from './fields';
import { isAppCode } from './rules';

/** A field for a code of the authenticator app. With `recovery`, a person without the app can enter a recovery code instead. */
export function CodeField({
  field,
  readOnly,
  recovery = true,
  takesFocus = false,
}: {
  field: BoundField;
  readOnly: boolean;
  recovery?: boolean;
  takesFocus?: boolean;
}) {
  const texts = useTexts(messages);
  const [isRecovery, setRecovery] = useState(false);
  // The next code of the list isn't shown by waiting for it.
  const error = field.error === texts.problems.codeWrong && !isAppCode(field.value) ? texts.recoveryCodeWrong : field.error;

  function toggle(): void {
    // What was entered, and what is wrong with it, is about the other kind of code.
    field.onChange({ currentTarget: { value: '' } });
    setRecovery(!isRecovery);
  }

  return (
    <div>
      <TextField
        // A new input, because phones keep the keyboard of a focused one.
        key={String(isRecovery)}
        {...field}
        error={error}
        label={isRecovery ? texts.recoveryCode : texts.code}
        hint={isRecovery ? texts.recoveryCodeHint : texts.codeHint}
        type="text"
        inputMode={isRecovery ? 'text' : 'numeric'}
        autoComplete={isRecovery ? 'off' : 'one-time-code'}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        // eslint-disable-next-line jsx-a11y/no-autofocus -- The step or the choice that shows it asks for nothing else.
        autoFocus={takesFocus || isRecovery}
        readOnly={readOnly}
        required
      />
      {recovery && isRecovery && <p className="mt-1.5 text-xs text-muted">{texts.noRecoveryCode}</p>}
      {recovery && (
        <p className="text-sm text-muted">
          {!isRecovery && `${texts.noApp} `}
          <button
            type="button"
            className={clsx(
              'inline-flex min-h-11 items-center font-medium text-accent underline underline-offset-4',
              'hover:text-accent-strong',
            )}
            onClick={toggle}
          >
            {isRecovery ? texts.useApp : texts.useRecoveryCode}
          </button>
        </p>
      )}
    </div>
  );
}
