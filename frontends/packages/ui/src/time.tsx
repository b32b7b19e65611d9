'use client';

import { useSyncExternalStore } from 'react';
import { useLanguage, type Language } from './language';
import { messages } from './messages';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const locales: Record<Language, string> = { en: 'en-GB', ja: 'ja-JP' };

// One clock for all times on a page, so that they change together.
const tick = 15_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let current = Date.now();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    current = Date.now();
  }
  timer ??= setInterval(() => {
    current = Date.now();
    for (const each of [...listeners]) {
      each();
    }
  }, tick);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

const formats = {
  day: { day: 'numeric', month: 'short' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  exact: { dateStyle: 'full', timeStyle: 'medium' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

// Creating a formatter takes far longer than using one.
const made = new Map<string, Intl.DateTimeFormat>();

function format(time: Date, name: keyof typeof formats, language: Language): string {
  const key = `${name} ${language}`;
  const formatter = made.get(key) ?? new Intl.DateTimeFormat(locales[language], formats[name]);
  made.set(key, formatter);
  return formatter.format(time);
}

function useNow(): number {
  return useSyncExternalStore(
    subscribe,
    () => current,
    () => current,
  );
}

/**
 * "3 min ago", or a date if that says more. A clock that is behind the server's never shows a future time. The texts are our own: the
 * browser's `Intl.RelativeTimeFormat` has similar ones, but creating the first one blocks a phone for longer than a frame of the first
 * view.
 */
export function relativeTime(time: Date, language: Language, from: number): string {
  const texts = messages[language];
  const age = Math.max(0, from - time.getTime());
  if (age < minute) {
    return texts.now;
  }
  if (age < hour) {
    return texts.minutesAgo(Math.floor(age / minute));
  }
  if (age < day) {
    return texts.hoursAgo(Math.floor(age / hour));
  }
  if (age < 7 * day) {
    return texts.daysAgo(Math.floor(age / day));
  }
  const isThisYear = time.getFullYear() === new Date(from).getFullYear();
  return format(time, isThisYear ? 'day' : 'date', language);
}

/** A time in everyday words; the exact one shows on hover. */
export function RelativeTime({ value, className }: { value: string; className?: string }) {
  const language = useLanguage();
  const time = new Date(value);
  const now = useNow();
  return (
    <time
      dateTime={value}
      onPointerEnter={(event) => (event.currentTarget.title = format(time, 'exact', language))}
      className={className}
      suppressHydrationWarning
    >
      {relativeTime(time, language, now)}
    </time>
  );
}
