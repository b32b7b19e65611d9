'use client';

import { createStore, localStore, useStore } from '@kumiko/browser';
import { useLayoutEffect, useSyncExternalStore } from 'react';
import { languageKey } from './boot';
import { messages } from './messages';
import { useTheme } from './theme';

export type Language = 'en' | 'ja';

/** The locale of each language, for dates. */
export const locales: Record<Language, string> = { en: 'en-GB', ja: 'ja-JP' };

const language = createStore(shownLanguage, (store) => {
  // Another tab chose a language.
  function follow({ key, newValue }: StorageEvent): void {
    if (key === languageKey && (newValue === 'en' || newValue === 'ja')) {
      show(newValue);
    }
  }
  store.set(shownLanguage());
  window.addEventListener('storage', follow);
  return () => window.removeEventListener('storage', follow);
});

// The page says it before it is hydrated (see `boot.ts`).
function shownLanguage(): Language {
  return document.documentElement.lang === 'ja' ? 'ja' : 'en';
}

function show(chosen: Language): void {
  document.documentElement.lang = chosen;
  language.set(chosen);
}

/** The language of the page: the browser's at first, then the chosen one. */
export function useLanguage(): Language {
  return useStore(language, () => 'en');
}

/** Chooses and remembers a language. */
export function setLanguage(chosen: Language): void {
  localStore.set(languageKey, chosen);
  show(chosen);
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
