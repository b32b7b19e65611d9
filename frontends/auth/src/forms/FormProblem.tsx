'use client';

import { ProblemError } from '@kumiko/api-client';
import { describeProblem, useSharedTexts, useTexts } from '@kumiko/ui';
import { CircleAlert } from 'lucide-react';
import { messages, type Messages } from '../messages';
import { NotProved } from './NotProved';

/** What went wrong with a form as a whole, announced when it appears. `meanings` has texts for statuses with a special meaning here. */
export function FormProblem({ error, meanings = {} }: { error: unknown; meanings?: Partial<Record<number, string>> }) {
  const shared = useSharedTexts();
  const texts = useTexts(messages);
  const trace = error instanceof ProblemError && error.status >= 500 ? error.traceId : null;

  const isShown = error !== null && error !== undefined && !(error instanceof NotProved);

  function describe(): string {
    if (!(error instanceof ProblemError)) {
      return describeProblem(error, shared);
    }
    const meaning = meanings[error.status];
    if (meaning !== undefined) {
      return meaning;
    }
    switch (error.status) {
      case 409:
        return texts.collided;
      case 412:
        return texts.stale;
      case 429:
        return error.retryAfter === null ? texts.tooManySoon : texts.tooMany(waitOf(error.retryAfter, texts));
      case 400:
      case 413:
      case 415:
      case 422:
        return texts.rejected;
      default:
        return describeProblem(error, shared);
    }
  }

  return (
    // Screen readers announce the message only if the region exists before it. Empty, the region takes up no room in the form's column.
    <div role="alert" className={isShown ? '' : '-mb-5'}>
      {isShown && (
        <div className="flex gap-2.5 rounded-md bg-danger-soft px-3.5 py-2.5 text-sm text-danger">
          <CircleAlert aria-hidden="true" className="mt-1 size-4 shrink-0" />
          <div>
            <p>{describe()}</p>
            {trace !== null && <p className="font-mono text-xs">{shared.trace(trace)}</p>}
          </div>
        </div>
      )}
    </div>
  );
}

/** "42 seconds", or whole minutes if it is more than 60 seconds. */
function waitOf(seconds: number, texts: Messages): string {
  return seconds > 60 ? texts.minutes(Math.ceil(seconds / 60)) : texts.seconds(seconds);
}
