'use client';

import { useSyncExternalStore } from 'react';
import { frames, themeKey } from './boot';

export type Theme = 'light' | 'dark' | 'system';

const listeners = new Set<() => void>();

function chosen(): Theme {
  try {
    const theme = localStorage.getItem(themeKey);
    return theme === 'light' || theme === 'dark' ? theme : 'system';
  } catch {
    return 'system';
  }
}

function show(): void {
  const theme = chosen();
  const isDark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.classList.toggle('dark', isDark);
  colourFrame(theme);
  for (const listener of [...listeners]) {
    listener();
  }
}

// Browsers use the first that applies. The page also has one for each of the system's themes.
function colourFrame(theme: Theme): void {
  const before = document.head.querySelector<HTMLMetaElement>('meta[data-chosen]');
  if (theme === 'system') {
    before?.remove();
    return;
  }
  const meta = before ?? document.createElement('meta');
  meta.name = 'theme-color';
  meta.dataset.chosen = '';
  meta.content = frames[theme];
  if (before === null) {
    document.head.prepend(meta);
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', show);
  window.addEventListener('storage', show);
  return () => {
    listeners.delete(listener);
    system.removeEventListener('change', show);
    window.removeEventListener('storage', show);
  };
}

/** The chosen theme, and a function to choose another. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(subscribe, chosen, () => 'system'), setTheme];
}

function setTheme(theme: Theme): void {
  try {
    if (theme === 'system') {
      localStorage.removeItem(themeKey);
    } else {
      localStorage.setItem(themeKey, theme);
    }
  } catch {
    // The theme then stays the system's.
  }
  show();
}
