'use client';

import { useApi } from '@kumiko/api-client';
import { isTextField } from '@kumiko/browser';
import { useEffect } from 'react';
import { useBoard } from '../board/context';

/** Ctrl or ⌘ and Z undoes the last deletion. Waiting deletions are sent before the page unloads or the person signs out. */
export function useUndoKey(): void {
  const { deletions } = useBoard();
  const { session } = useApi();
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (event.key === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !isTextField(event.target) && deletions.undoLast()) {
        event.preventDefault();
      }
    }
    function leave(): void {
      void deletions.sendAll();
    }
    const stop = session.beforeSignOut(() => deletions.sendAll());
    window.addEventListener('keydown', press);
    window.addEventListener('pagehide', leave);
    return () => {
      stop();
      window.removeEventListener('keydown', press);
      window.removeEventListener('pagehide', leave);
    };
  }, [deletions, session]);
}
