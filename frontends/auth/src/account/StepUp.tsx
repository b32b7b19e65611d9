'use client';

import { ProblemError } from '@kumiko/api-client';
import { late } from '@kumiko/ui';
import { createContext, useContext, useRef, useState, type ReactNode } from 'react';
import { NotProved } from '../forms/NotProved';

const StepUpDialog = late(() => import('./StepUpDialog'));

type WithProof = <Answer>(request: () => Promise<Answer>) => Promise<Answer>;

const Context = createContext<WithProof | null>(null);

/**
 * Returns a function that sends a request. If the API wants a more recent sign-in for it, the person is asked for a proof, and the request
 * is sent again. It fails with {@link NotProved} if they decline.
 */
export function useStepUp(): WithProof {
  const withProof = useContext(Context);
  if (withProof === null) {
    throw new Error('This needs StepUp above it.');
  }
  return withProof;
}

/** Asks for a proof where a request below it needs one. */
export function StepUp({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const [isWanted, setWanted] = useState(false);
  const waiting = useRef<{ resolve: () => void; reject: (reason: Error) => void } | null>(null);

  function settle(isProved: boolean): void {
    setOpen(false);
    if (isProved) {
      waiting.current?.resolve();
    } else {
      waiting.current?.reject(new NotProved());
    }
    waiting.current = null;
  }

  const withProof: WithProof = async (request) => {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof ProblemError) || error.need !== 'recent-sign-in') {
        throw error;
      }
    }
    await new Promise<void>((resolve, reject) => {
      waiting.current = { resolve, reject };
      setWanted(true);
      setOpen(true);
    });
    return request();
  };

  return (
    <Context value={withProof}>
      {children}
      {isWanted && (
        <StepUpDialog
          open={isOpen}
          onProved={() => settle(true)}
          onCancel={() => settle(false)}
          onFailed={() => {
            setWanted(false);
            settle(false);
          }}
        />
      )}
    </Context>
  );
}
