'use client';

import { EmptyState, usePageTitle, useTexts } from '@kumiko/ui';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { PostList } from '../feed/PostList';
import { messages } from '../messages';
import { termsOf } from '../text/highlight';

/** The posts that match a search. */
export function SearchPage() {
  const texts = useTexts(messages);
  const search = (useSearchParams().get('q') ?? '').trim();
  const terms = useMemo(() => termsOf(search), [search]);
  const filter = useMemo(() => ({ search }), [search]);
  usePageTitle(search === '' ? texts.search : texts.resultsFor(search));

  if (search === '') {
    return (
      <>
        <h1 className="sr-only">{texts.search}</h1>
        <EmptyState title={texts.searchTitle}>{texts.searchHint}</EmptyState>
      </>
    );
  }
  return (
    <>
      <h1 className="mb-5 text-xl font-semibold">{texts.resultsFor(search)}</h1>
      {terms.length === 0 ? (
        <EmptyState title={texts.tooShortTitle}>{texts.tooShort}</EmptyState>
      ) : (
        <PostList
          key={search}
          filter={filter}
          terms={terms}
          label={texts.resultsFor(search)}
          empty={<EmptyState title={texts.noHitsTitle}>{texts.noHits(search)}</EmptyState>}
        />
      )}
    </>
  );
}
