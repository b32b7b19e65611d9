'use client';

import { IconButton, TextField, useTexts } from '@kumiko/ui';
import { Eye, EyeOff } from 'lucide-react';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { messages } from '../messages';
import type { BoundField } from './fields';

/** A password field that can show its text. It warns when Caps Lock is on. */
export function PasswordField({
  field,
  label,
  autoComplete,
  readOnly,
  hint,
  below,
}: {
  field: BoundField;
  label: string;
  autoComplete: 'current-password' | 'new-password';
  readOnly: boolean;
  hint?: ReactNode;
  below?: ReactNode;
}) {
  const texts = useTexts(messages);
  const [isShown, setShown] = useState(false);
  const [isCapsLock, setCapsLock] = useState(false);

  function look(event: KeyboardEvent): void {
    setCapsLock(event.getModifierState('CapsLock'));
  }

  return (
    <div>
      <TextField
        {...field}
        label={label}
        type={isShown ? 'text' : 'password'}
        autoComplete={autoComplete}
        readOnly={readOnly}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        required
        hint={hint}
        onKeyDown={look}
        onKeyUp={look}
        onBlur={(event) => {
          setCapsLock(false);
          field.onBlur(event);
        }}
        trailing={
          <IconButton label={texts.showPassword} aria-pressed={isShown} onClick={() => setShown(!isShown)}>
            {isShown ? <EyeOff aria-hidden="true" className="size-5" /> : <Eye aria-hidden="true" className="size-5" />}
          </IconButton>
        }
      />
      <p role="status" className={isCapsLock ? 'mt-1.5 text-xs font-medium text-ink' : ''}>
        {isCapsLock && texts.capsLock}
      </p>
      {below}
    </div>
  );
}
