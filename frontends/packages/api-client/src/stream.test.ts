import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followPosts, type PostStreamHandlers } from './stream';

class FakeSource extends EventTarget {
  static last: FakeSource;
  readonly readyState = 1;

  constructor(readonly url: string) {
    super();
    FakeSource.last = this;
  }

  tell(name: string, data: object): void {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
  }

  close(): void {
    // Nothing to close.
  }
}

describe('the stream of posts', () => {
  beforeEach(() => vi.stubGlobal('EventSource', FakeSource));
  afterEach(() => vi.unstubAllGlobals());

  function follow(): Record<keyof PostStreamHandlers, ReturnType<typeof vi.fn>> {
    const handlers = { created: vi.fn(), updated: vi.fn(), deleted: vi.fn(), renamed: vi.fn(), reset: vi.fn(), connected: vi.fn() };
    followPosts(handlers);
    return handlers;
  }

  it('tells that an author goes by another name', () => {
    const { renamed } = follow();
    FakeSource.last.tell('author.renamed', { user_id: 7, username: 'robert' });
    expect(renamed).toHaveBeenCalledExactlyOnceWith({ user_id: 7, username: 'robert' });
  });

  it('passes over a text that was edited away, and its opening', () => {
    const handlers = follow();
    FakeSource.last.tell('stream.open', {});
    FakeSource.last.tell('post.created', { id: 1, content: null, user_id: 7, username: 'bob', created_at: '', updated_at: '' });
    for (const handler of Object.values(handlers)) {
      expect(handler).not.toHaveBeenCalled();
    }
  });
});
