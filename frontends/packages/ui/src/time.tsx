'use client';

import { createStore, useStore } from '@kumiko/browser';
import { locales, useLanguage, type Language } from './language';
import { messages } from './messages';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

// One clock for all times on a page, so that they change together.
const tick = 15_000;
const clock = createStore(
  () => Date.now(),
  (store) => {
    store.set(Date.now());
    const timer = setInterval(() => store.set(Date.now()), tick);
    return () => clearInterval(timer);
  },
);

const formats = {
  day: { day: 'numeric', month: 'short' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  long: { dateStyle: 'long' },
  moment: { dateStyle: 'medium', timeStyle: 'medium' },
  exact: { dateStyle: 'full', timeStyle: 'medium' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

// Creating a formatter takes far longer than using one.
const made = new Map<string, Intl.DateTimeFormat>();

/** Writes a date or a time in a language. */
export function formatDate(time: Date, name: keyof typeof formats, language: Language): string {
  const key = `${name} ${language}`;
  const formatter = made.get(key) ?? new Intl.DateTimeFormat(locales[language], formats[name]);
  made.set(key, formatter);
  return formatter.format(time);
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
  return formatDate(time, isThisYear ? 'day' : 'date', language);
}

/** A time in everyday words; the exact one shows on hover. */
export function RelativeTime({ value, className }: { value: string; className?: string }) {
  const language = useLanguage();
  const time = new Date(value);
  const now = useStore(clock);
  return (
    <time
      dateTime={value}
      onPointerEnter={(event) => (event.currentTarget.title = formatDate(time, 'exact', language))}
      className={className}
      suppressHydrationWarning
    >
      {relativeTime(time, language, now)}
    </time>
  );
}
