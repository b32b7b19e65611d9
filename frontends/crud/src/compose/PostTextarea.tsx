'use client';

import { lengthOf } from '@kumiko/api-client';
import { useTexts } from '@kumiko/ui';
import clsx from 'clsx';
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import { messages } from '../messages';
import { faultOf, longestPost } from '../text/rules';

// From here on, show how much room is left.
const nearEnd = longestPost - 500;

/** A box to write a post: it grows with the text and warns when the text gets too long. Ctrl or ⌘ and Enter sends it. */
export function PostTextarea({
  label,
  value,
  onChange,
  onSend,
  onCancel,
  placeholder,
  isFocused = false,
  rows = 2,
  className,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onSend: () => void;
  onCancel?: () => void;
  placeholder?: string;
  /**
   * Whether it takes the focus from its surroundings when it appears, at the end of the text. A person who has moved elsewhere keeps the
   * focus.
   */
  isFocused?: boolean;
  rows?: number;
  className?: string;
}) {
  const texts = useTexts(messages);
  const area = useRef<HTMLTextAreaElement>(null);
  const length = lengthOf(value.trim());
  const fault = faultOf(value);

  useEffect(() => {
    if (isFocused && area.current !== null && isNear(area.current, document.activeElement)) {
      area.current.focus();
      area.current.setSelectionRange(area.current.value.length, area.current.value.length);
    }
  }, [isFocused]);

  // For browsers that don't grow it by themselves (field-sizing).
  useLayoutEffect(() => {
    if (area.current !== null && !CSS.supports('field-sizing', 'content')) {
      area.current.style.height = 'auto';
      area.current.style.height = `${area.current.scrollHeight}px`;
    }
  }, [value]);

  function press(event: KeyboardEvent): void {
    // Enter and Escape belong to the input method here.
    if (event.nativeEvent.isComposing) {
      return;
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSend();
    } else if (event.key === 'Escape' && onCancel !== undefined) {
      event.stopPropagation();
      onCancel();
    }
  }

  return (
    <div>
      <textarea
        ref={area}
        aria-label={label}
        aria-invalid={fault === 'long' || fault === 'control'}
        value={value}
        rows={rows}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={press}
        className={clsx(
          '[unicode-bidi:plaintext] block max-h-[60dvh] w-full resize-none overflow-y-auto field-sizing-content placeholder:text-muted',
          className,
        )}
      />
      <div role="status" className="text-xs">
        {fault === 'control' && <p className="pt-2 text-danger">{texts.faults.control}</p>}
        {length > nearEnd && (
          <p className={clsx('pt-2 tabular-nums', fault === 'long' ? 'text-danger' : 'text-muted')}>
            {fault === 'long' ? texts.over(length - longestPost) : texts.left(longestPost - length)}
          </p>
        )}
      </div>
    </div>
  );
}

function isNear(area: HTMLElement, focused: Element | null): boolean {
  return (
    focused === null ||
    focused.contains(area) ||
    focused.closest('article')?.contains(area) === true ||
    focused.closest('[role=menu]') !== null
  );
}
