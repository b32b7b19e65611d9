'use client';

import { useSyncExternalStore } from 'react';
import { useLanguage, type Language } from './language';

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

// A formatter takes far longer to make than to use.
const made = new Map<string, Intl.RelativeTimeFormat | Intl.DateTimeFormat>();

function once<T extends Intl.RelativeTimeFormat | Intl.DateTimeFormat>(name: string, language: Language, make: (locale: string) => T): T {
  const key = `${name} ${language}`;
  const formatter = (made.get(key) as T | undefined) ?? make(locales[language]);
  made.set(key, formatter);
  return formatter;
}

function useNow(): number {
  return useSyncExternalStore(
    subscribe,
    () => current,
    () => current,
  );
}

/** "3 minutes ago", and a date once that says more. A clock that is behind the server's shows no future. */
export function relativeTime(time: Date, language: Language, from: number): string {
  const age = Math.max(0, from - time.getTime());
  const relative = once('relative', language, (locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }));
  if (age < minute) {
    return relative.format(0, 'second');
  }
  if (age < hour) {
    return relative.format(-Math.floor(age / minute), 'minute');
  }
  if (age < day) {
    return relative.format(-Math.floor(age / hour), 'hour');
  }
  if (age < 7 * day) {
    return relative.format(-Math.floor(age / day), 'day');
  }
  const isThisYear = time.getFullYear() === new Date(from).getFullYear();
  return isThisYear
    ? once('day', language, (locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })).format(time)
    : once('date', language, (locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })).format(time);
}

export function exactTime(time: Date, language: Language): string {
  return once('exact', language, (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' })).format(time);
}

/** A time as people say it; the exact one shows on hover. */
export function RelativeTime({ value, className }: { value: string; className?: string }) {
  const language = useLanguage();
  const time = new Date(value);
  const now = useNow();
  return (
    <time dateTime={value} title={exactTime(time, language)} className={className} suppressHydrationWarning>
      {relativeTime(time, language, now)}
    </time>
  );
}
