'use client';

import { useEffect } from 'react';
import { useBoard } from './context';

/** Ctrl or ⌘ and Z takes the last deletion back; deletions that wait are sent when the page goes. */
export function useUndoKey(): void {
  const { deletions } = useBoard();
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea');
      if (event.key === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !isTyping && deletions.undoLast()) {
        event.preventDefault();
      }
    }
    function leave(): void {
      deletions.sendAll();
    }
    window.addEventListener('keydown', press);
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('keydown', press);
      window.removeEventListener('pagehide', leave);
    };
  }, [deletions]);
}
