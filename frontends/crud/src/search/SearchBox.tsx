'use client';

import { isTextField } from '@kumiko/browser';
import { useTexts } from '@kumiko/ui';
import { PageProgress } from '@kumiko/ui/next/link';
import clsx from 'clsx';
import { Search, X } from 'lucide-react';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { Suspense, useEffect, useLayoutEffect, useRef, useState, useTransition } from 'react';
import { messages } from '../messages';
import { longestSearch } from '../text/rules';

// Longer than the pause between two letters while typing.
const pauseMs = 400;

/** Searches the board. On the results page, the results follow the typing; elsewhere, Enter opens that page. */
export function SearchBox() {
  const isSearchPage = usePathname() === '/search';
  const [query, setQuery] = useState('');
  return (
    <>
      {/* Separate from the box: the address is unknown when the page is built, and the box must be there from the beginning. */}
      <Suspense>
        <Address onChange={setQuery} />
      </Suspense>
      <Box asked={isSearchPage ? query : ''} isSearchPage={isSearchPage} />
    </>
  );
}

function Address({ onChange }: { onChange: (query: string) => void }): null {
  const query = useSearchParams().get('q') ?? '';
  useLayoutEffect(() => onChange(query), [query, onChange]);
  return null;
}

function Box({ asked, isSearchPage }: { asked: string; isSearchPage: boolean }) {
  const texts = useTexts(messages);
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(asked);
  const [isLoading, startLoading] = useTransition();
  const [isComposing, setComposing] = useState(false);
  // Whether the text in the box was typed before hydration. It then takes precedence over the address.
  const [isEarly, setEarly] = useState(false);
  const [arrived, setArrived] = useState(asked);
  const [wanted, setWanted] = useState(asked);

  if (arrived !== asked) {
    setArrived(asked);
    // The address was changed by other means, such as the browser's back button. Text typed on the way to the wanted address stays.
    if (asked !== wanted) {
      setWanted(asked);
      if (!isEarly) {
        setText(asked);
      }
    }
    setEarly(false);
  }

  useLayoutEffect(() => {
    const early = input.current?.value ?? '';
    setText(early);
    setEarly(early !== '');
  }, []);

  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (event.key === '/' && !isTextField(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        input.current?.focus();
        input.current?.select();
      }
    }
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);

  const typed = text.trim();
  useEffect(() => {
    if (!isSearchPage || isComposing || typed === wanted) {
      return;
    }
    const timer = setTimeout(() => {
      setWanted(typed);
      // Don't add a history entry per keystroke.
      router.replace(addressOf(typed), { scroll: false });
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [isSearchPage, isComposing, typed, wanted, router]);

  function search(): void {
    setWanted(typed);
    if (!isSearchPage || typed !== asked) {
      startLoading(() => router.push(addressOf(typed), { scroll: !isSearchPage }));
    }
  }

  return (
    <form
      role="search"
      action="/crud/search"
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
      className="relative"
    >
      {isLoading && <PageProgress />}
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 start-3 my-auto size-4 text-muted max-[22.5rem]:hidden sm:start-3.5"
      />
      <input
        ref={input}
        type="search"
        dir="auto"
        name="q"
        aria-label={texts.searchLabel}
        aria-keyshortcuts="/"
        placeholder={texts.searchPlaceholder}
        enterKeyHint="search"
        autoComplete="off"
        maxLength={longestSearch}
        value={text}
        onChange={(event) => {
          setEarly(false);
          setText(event.target.value);
        }}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        className={clsx(
          // Below this size, a phone would zoom in on the letters.
          'block h-11 w-full rounded-full border border-control bg-surface ps-9 text-base placeholder:text-muted',
          'max-[22.5rem]:ps-3.5 sm:ps-10 sm:text-sm [&::-webkit-search-cancel-button]:hidden',
          text === '' ? 'pe-3' : 'pe-11',
        )}
      />
      {text !== '' && (
        <button
          type="button"
          aria-label={texts.clear}
          title={texts.clear}
          onClick={() => {
            setText('');
            input.current?.focus();
          }}
          className="absolute inset-y-0 end-0 inline-flex w-11 items-center justify-center rounded-full text-muted hover:text-ink"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      )}
    </form>
  );
}

function addressOf(query: string): string {
  return query === '' ? '/search' : `/search?q=${encodeURIComponent(query)}`;
}
