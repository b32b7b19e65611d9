'use client';

import { useTexts } from '@kumiko/ui';
import { Search, X } from 'lucide-react';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { messages } from '../messages';
import { longestSearch } from '../text/rules';

// Between two letters of somebody who types.
const pauseMs = 400;

/** Searches the board. On the page of the results they follow what is typed; elsewhere Enter leads there. */
export function SearchBox() {
  const asked = useSearchParams().get('q') ?? '';
  const isSearchPage = usePathname() === '/search';
  return <Box asked={isSearchPage ? asked : ''} isSearchPage={isSearchPage} />;
}

/** Stands for it in the page as it is built, when the address is not known. */
export function SearchBoxFallback() {
  return <Box asked="" isSearchPage={false} />;
}

function Box({ asked, isSearchPage }: { asked: string; isSearchPage: boolean }) {
  const texts = useTexts(messages);
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [text, setText] = useState(asked);
  const [followed, setFollowed] = useState(asked);

  // The address changed by other means, such as the browser's back button.
  if (followed !== asked) {
    setFollowed(asked);
    setText(asked);
  }

  useEffect(() => {
    function press(event: KeyboardEvent): void {
      const isTyping = event.target instanceof HTMLElement && (event.target.matches('input, textarea, select') || event.target.isContentEditable);
      if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        input.current?.focus();
        input.current?.select();
      }
    }
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', press);
      clearTimeout(timer.current);
    };
  }, []);

  function search(query: string, isSubmitted: boolean): void {
    clearTimeout(timer.current);
    const address = query.trim() === '' ? '/search' : `/search?q=${encodeURIComponent(query.trim())}`;
    setFollowed(query.trim());
    if (!isSearchPage) {
      router.push(address);
    } else if (query.trim() !== asked) {
      // What is typed on the way to a search is no page to go back to.
      router[isSubmitted ? 'push' : 'replace'](address, { scroll: false });
    }
  }

  function type(query: string, isComposing: boolean): void {
    setText(query);
    clearTimeout(timer.current);
    if (isSearchPage && !isComposing) {
      timer.current = setTimeout(() => search(query, false), pauseMs);
    }
  }

  return (
    <form
      role="search"
      action="/crud/search"
      onSubmit={(event) => {
        event.preventDefault();
        search(text, true);
      }}
      className="relative mx-auto max-w-md"
    >
      <Search aria-hidden="true" className="pointer-events-none absolute inset-y-0 start-3.5 my-auto size-4 text-muted" />
      <input
        ref={input}
        type="search"
        name="q"
        aria-label={texts.searchLabel}
        aria-keyshortcuts="/"
        placeholder={texts.searchPlaceholder}
        enterKeyHint="search"
        autoComplete="off"
        maxLength={longestSearch}
        value={text}
        onChange={(event) => type(event.target.value, (event.nativeEvent as InputEvent).isComposing)}
        onCompositionEnd={(event) => type(event.currentTarget.value, false)}
        className="block h-11 w-full rounded-full border border-control bg-surface ps-10 pe-11 text-sm placeholder:text-muted [&::-webkit-search-cancel-button]:hidden"
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
