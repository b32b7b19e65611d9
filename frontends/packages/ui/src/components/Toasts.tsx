'use client';

import { createContext, useCallback, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import type { ShownToast, Toast } from './Toast';
import { ToastList } from './ToastList';

const Context = createContext<(toast: Toast) => () => void>(() => () => {});

// Older messages are removed.
const most = 3;

let nextId = 1;

/** Shows short messages at the edge of the page, and announces them. */
export function Toasts({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<ShownToast[]>([]);
  const before = useRef<ShownToast[]>([]);

  const close = useCallback((id: number) => setShown((toasts) => toasts.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (toast: Toast) => {
      const id = nextId++;
      setShown((others) => [...others, { ...toast, id }].slice(-most));
      return () => close(id);
    },
    [close],
  );

  useEffect(() => {
    for (const toast of before.current) {
      if (!shown.includes(toast)) {
        toast.onClose?.();
      }
    }
    before.current = shown;
  }, [shown]);

  return (
    <Context value={show}>
      {children}
      <ToastList toasts={shown} onGone={close} />
    </Context>
  );
}

/** Shows a message. Returns a function that removes it. */
export function useToast(): (toast: Toast) => () => void {
  return useContext(Context);
}
