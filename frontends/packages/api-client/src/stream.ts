import type { PostResponse } from './generated';

/** What the stream of posts tells. */
export interface PostStreamHandlers {
  created: (post: PostResponse) => void;
  updated: (post: PostResponse) => void;
  deleted: (id: number) => void;
  /** All posts of the author bear this name now; null once the author is gone. */
  renamed: (author: { user_id: number; username: string | null }) => void;
  /** The stream begins again: what was missed is not told, so read lists anew. */
  reset: () => void;
  /** Whether the stream is connected at the moment. */
  connected: (isConnected: boolean) => void;
}

const longestPauseMs = 30_000;

/**
 * Follows `GET /api/crud/posts/stream` until the returned function is called. The browser connects again by itself and resumes where it was;
 * where it gives up (an answer that is no stream, such as 503), this tries again, more slowly each time.
 */
export function followPosts(handlers: PostStreamHandlers, baseUrl = ''): () => void {
  let source: EventSource;
  let again: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isOver = false;
  let wasConnected = false;
  let isNew = true;

  function connect(): void {
    source = new EventSource(`${baseUrl}/api/crud/posts/stream`);
    source.addEventListener('open', () => {
      failures = 0;
      // A new EventSource knows no last event: it has missed what came between.
      if (wasConnected && isNew) {
        handlers.reset();
      }
      wasConnected = true;
      isNew = false;
      handlers.connected(true);
    });
    source.addEventListener('post.created', (event) => tell(event, handlers.created));
    source.addEventListener('post.updated', (event) => tell(event, handlers.updated));
    source.addEventListener('post.deleted', (event) => handlers.deleted((JSON.parse(event.data as string) as { id: number }).id));
    source.addEventListener('author.renamed', (event) => handlers.renamed(JSON.parse(event.data as string) as { user_id: number; username: string | null }));
    source.addEventListener('stream.reset', () => handlers.reset());
    source.addEventListener('error', () => {
      handlers.connected(false);
      if (source.readyState === EventSource.CLOSED && !isOver) {
        isNew = true;
        again = setTimeout(connect, Math.min(1_000 * 2 ** failures++, longestPauseMs));
      }
    });
  }

  // A post that was changed or deleted since has no text any more; what became of it follows.
  function tell(event: MessageEvent, handler: (post: PostResponse) => void): void {
    const post = JSON.parse(event.data as string) as Omit<PostResponse, 'content'> & { content: string | null };
    if (post.content !== null) {
      handler(post as PostResponse);
    }
  }

  connect();
  return () => {
    isOver = true;
    clearTimeout(again);
    source.close();
  };
}
