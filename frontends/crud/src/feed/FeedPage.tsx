'use client';

import { EmptyState, PageTitle, useTexts } from '@kumiko/ui';
import { Composer } from '../compose/Composer';
import { messages } from '../messages';
import { PostList } from './PostList';

const everything = {};

/** All posts, and the box to write one. */
export function FeedPage() {
  const texts = useTexts(messages);
  return (
    <>
      <PageTitle title="" />
      <h1 className="sr-only">{texts.board}</h1>
      <Composer />
      <PostList
        filter={everything}
        label={texts.feedLabel}
        empty={<EmptyState title={texts.emptyFeedTitle}>{texts.emptyFeed}</EmptyState>}
      />
    </>
  );
}
