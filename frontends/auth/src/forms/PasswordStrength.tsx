'use client';

import { useTexts } from '@kumiko/ui';
import clsx from 'clsx';
import { messages } from '../messages';
import { strengthOf, type Strength } from './rules';

const steps: Record<Strength, number> = { short: 1, plain: 1, fair: 2, good: 3, strong: 4 };

/**
 * Says how strong a new password is while it is typed; `isRejected` for one that the API has rejected as easy to guess. Its space is
 * reserved, so that nothing moves.
 */
export function PasswordStrength({ password, isRejected }: { password: string; isRejected: boolean }) {
  const texts = useTexts(messages);
  const strength = isRejected ? 'plain' : strengthOf(password);
  const reached = password === '' ? 0 : steps[strength];
  return (
    <div className="mt-2 flex items-center gap-3">
      <span aria-hidden="true" className="flex w-28 shrink-0 gap-1">
        {[1, 2, 3, 4].map((step) => (
          <span
            key={step}
            className={clsx(
              'h-1 grow rounded-full transition-colors',
              step > reached ? 'bg-line' : reached === 1 ? 'bg-danger' : reached === 2 ? 'bg-control' : 'bg-good',
            )}
          />
        ))}
      </span>
      <span role="status" className="min-h-5 text-xs text-muted">
        {password !== '' && texts.strength.say(texts.strength[strength])}
      </span>
    </div>
  );
}
