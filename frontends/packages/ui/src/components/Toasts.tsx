'use client';

import { createContext, lazy, Suspense, useCallback, useContext, useState, type ReactNode } from 'react';

export interface Toast {
  message: string;
  /** Something to do about it, such as to undo it. */
  action?: { label: string; onSelect: () => void };
  /** Milliseconds until it goes by itself; it stays while the pointer or the focus is on it. */
  duration?: number;
}

export interface ShownToast extends Toast {
  id: number;
}

// Nobody needs it before the first message.
const ToastList = lazy(() => import('./ToastList'));

const Context = createContext<(toast: Toast) => void>(() => {});

let nextId = 1;

/** Shows short messages at the edge of the page, and has them read aloud. */
export function Toasts({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<ShownToast[]>([]);
  const [isWanted, setWanted] = useState(false);

  const show = useCallback((toast: Toast) => {
    setWanted(true);
    setShown((others) => [...others.slice(-2), { ...toast, id: nextId++ }]);
  }, []);

  return (
    <Context value={show}>
      {children}
      {isWanted && (
        <Suspense>
          <ToastList toasts={shown} onGone={(id) => setShown((toasts) => toasts.filter((toast) => toast.id !== id))} />
        </Suspense>
      )}
    </Context>
  );
}

/** Shows a message. */
export function useToast(): (toast: Toast) => void {
  return useContext(Context);
}
