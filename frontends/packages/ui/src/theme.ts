'use client';

import { createStore, localStore, useStore } from '@kumiko/browser';
import { frames, themeKey } from './boot';

export type Theme = 'light' | 'dark' | 'system';

const theme = createStore(chosen, (store) => {
  store.set(chosen());
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', show);
  window.addEventListener('storage', show);
  return () => {
    system.removeEventListener('change', show);
    window.removeEventListener('storage', show);
  };
});

function chosen(): Theme {
  const stored = localStore.get(themeKey);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

function show(): void {
  const now = chosen();
  const isDark = now === 'dark' || (now === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.classList.toggle('dark', isDark);
  colourFrame(now);
  theme.set(now);
}

// Browsers use the first that applies. The page also has one for each of the system's themes.
function colourFrame(now: Theme): void {
  const before = document.head.querySelector<HTMLMetaElement>('meta[data-chosen]');
  if (now === 'system') {
    before?.remove();
    return;
  }
  const meta = before ?? document.createElement('meta');
  meta.name = 'theme-color';
  meta.dataset.chosen = '';
  meta.content = frames[now];
  if (before === null) {
    document.head.prepend(meta);
  }
}

/** The chosen theme, and a function to choose another. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  return [useStore(theme, () => 'system'), setTheme];
}

function setTheme(wanted: Theme): void {
  localStore.set(themeKey, wanted === 'system' ? null : wanted);
  show();
}
