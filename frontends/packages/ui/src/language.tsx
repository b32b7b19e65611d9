'use client';

import { useLayoutEffect, useSyncExternalStore } from 'react';
import { languageKey } from './boot';
import { messages } from './messages';
import { useTheme } from './theme';

export type Language = 'en' | 'ja';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    window.addEventListener('storage', follow);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      window.removeEventListener('storage', follow);
    }
  };
}

// Another tab chose a language.
function follow(event: StorageEvent): void {
  if (event.key === languageKey && (event.newValue === 'en' || event.newValue === 'ja')) {
    show(event.newValue);
  }
}

function show(language: Language): void {
  document.documentElement.lang = language;
  for (const listener of [...listeners]) {
    listener();
  }
}

/** The language of the page: the browser's at first, then the chosen one. */
export function useLanguage(): Language {
  return useSyncExternalStore(
    subscribe,
    () => (document.documentElement.lang === 'ja' ? 'ja' : 'en'),
    () => 'en',
  );
}

/** Chooses and remembers a language. */
export function setLanguage(language: Language): void {
  try {
    localStorage.setItem(languageKey, language);
  } catch {
    // The choice then lasts for this page only.
  }
  show(language);
}

/** The texts of an app in the language of the page. */
export function useTexts<Texts>(texts: Record<Language, Texts>): Texts {
  return texts[useLanguage()];
}

/** The texts of the shared components. */
export function useSharedTexts() {
  return useTexts(messages);
}

/** Shows the page once its text is in the person's language (see `boot.ts`). */
export function RevealPage(): null {
  // Every page follows the system and the other tabs.
  useTheme();
  const language = useLanguage();
  const isSettled = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
  useLayoutEffect(() => {
    if (isSettled) {
      delete document.documentElement.dataset.pending;
    }
  }, [isSettled, language]);
  return null;
}
