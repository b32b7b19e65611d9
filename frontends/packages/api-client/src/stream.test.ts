import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followPosts, type PostStreamHandlers } from './stream';

class FakeChannel extends EventTarget {
  static readonly all = new Set<FakeChannel>();

  constructor(readonly name: string) {
    super();
    FakeChannel.all.add(this);
  }

  postMessage(data: unknown): void {
    for (const other of FakeChannel.all) {
      if (other !== this) {
        other.dispatchEvent(new MessageEvent('message', { data }));
      }
    }
  }

  close(): void {
    FakeChannel.all.delete(this);
  }
}

// One holder after the other; a waiting one may give up.
class FakeLocks {
  private tail: Promise<unknown> = Promise.resolve();

  request(_: string, { signal }: { signal: AbortSignal }, work: () => Promise<void> | undefined): Promise<unknown> {
    const turn = this.tail.then(() => (signal.aborted ? undefined : work()));
    this.tail = turn.catch(() => {});
    return turn;
  }
}

class FakeServer {
  readonly asked: (string | null)[] = [];
  private writer: ReadableStreamDefaultController<Uint8Array> | null = null;

  readonly fetch = (_: string, init: RequestInit): Promise<Response> => {
    this.asked.push(new Headers(init.headers).get('Last-Event-ID'));
    const body = new ReadableStream<Uint8Array>({ start: (writer) => void (this.writer = writer) });
    return Promise.resolve(new Response(body));
  };

  tell(id: number, name: string, data: object): void {
    this.writer?.enqueue(new TextEncoder().encode(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`));
  }
}

const post = { id: 1, content: 'text', user_id: 7, username: 'bob', created_at: '', updated_at: '' };

describe('the stream of posts', () => {
  let server: FakeServer;
  const stops: (() => void)[] = [];

  beforeEach(() => {
    server = new FakeServer();
    vi.stubGlobal('fetch', server.fetch);
    vi.stubGlobal('BroadcastChannel', FakeChannel);
    vi.stubGlobal('navigator', { locks: new FakeLocks() });
  });

  afterEach(() => {
    stops.splice(0).forEach((stop) => stop());
    vi.unstubAllGlobals();
  });

  function follow(): Record<keyof PostStreamHandlers, ReturnType<typeof vi.fn>> & { stop: () => void } {
    const handlers = { created: vi.fn(), updated: vi.fn(), deleted: vi.fn(), renamed: vi.fn(), reset: vi.fn(), connected: vi.fn() };
    const stop = followPosts(handlers);
    stops.push(stop);
    return { ...handlers, stop };
  }

  async function open(): Promise<void> {
    await vi.waitFor(() => expect(server.asked).toHaveLength(1));
    server.tell(1, 'stream.open', {});
  }

  it('reports that an author goes by another name', async () => {
    const { renamed } = follow();
    await open();
    server.tell(2, 'author.renamed', { user_id: 7, username: 'robert' });
    await vi.waitFor(() => expect(renamed).toHaveBeenCalledExactlyOnceWith({ user_id: 7, username: 'robert' }));
  });

  it('passes over a text that was edited away, and its opening', async () => {
    const { created, deleted, reset } = follow();
    await open();
    server.tell(2, 'post.created', { ...post, content: null });
    server.tell(3, 'post.deleted', { id: 1 });
    await vi.waitFor(() => expect(deleted).toHaveBeenCalledExactlyOnceWith(1));
    expect(created).not.toHaveBeenCalled();
    expect(reset).not.toHaveBeenCalled();
  });

  it('is one for all tabs, and goes on in another where the one that read it closed', async () => {
    const first = follow();
    await open();
    const others = [follow(), follow()];
    server.tell(2, 'post.created', post);
    for (const { created, connected } of [first, ...others]) {
      await vi.waitFor(() => expect(created).toHaveBeenCalledExactlyOnceWith(post));
      expect(connected).toHaveBeenLastCalledWith(true);
    }
    expect(server.asked).toEqual([null]);

    first.stop();
    await vi.waitFor(() => expect(server.asked).toEqual([null, '2']));
    server.tell(2, 'stream.open', {});
    server.tell(3, 'post.deleted', { id: 1 });
    for (const { deleted, created, reset } of others) {
      await vi.waitFor(() => expect(deleted).toHaveBeenCalledExactlyOnceWith(1));
      expect(created).toHaveBeenCalledOnce();
      expect(reset).not.toHaveBeenCalled();
    }
  });

  it('has lists read anew in a tab that missed something', async () => {
    follow();
    await open();
    const other = follow();
    server.tell(2, 'post.created', post);
    await vi.waitFor(() => expect(other.created).toHaveBeenCalledOnce());
    const elsewhere = new FakeChannel('kumiko.posts');
    elsewhere.postMessage({ kind: 'event', before: '5', event: { id: '6', name: 'post.deleted', data: '{"id":1}' } });
    expect(other.reset).toHaveBeenCalledOnce();
    expect(other.deleted).toHaveBeenCalledExactlyOnceWith(1);
    elsewhere.postMessage({ kind: 'state', isConnected: true, last: '9' });
    expect(other.reset).toHaveBeenCalledTimes(2);
    elsewhere.close();
  });

  it.each([
    ['channels', () => vi.stubGlobal('BroadcastChannel', undefined)],
    ['locks', () => vi.stubGlobal('navigator', {})],
    [
      'leave to use locks',
      () => vi.stubGlobal('navigator', { locks: { request: () => Promise.reject(new DOMException('', 'SecurityError')) } }),
    ],
  ])('is one a tab where there are no %s', async (_, take) => {
    take();
    const { deleted } = follow();
    await open();
    follow();
    await vi.waitFor(() => expect(server.asked).toHaveLength(2));
    server.tell(2, 'post.deleted', { id: 1 });
    if (typeof BroadcastChannel !== 'undefined') {
      await vi.waitFor(() => expect(deleted).toHaveBeenCalledOnce());
    }
  });

  it('is given up after a minute by a tab that nobody looks at, at once if somebody looks at another, and gone on with', async () => {
    const hidden = vi.spyOn(document, 'visibilityState', 'get');
    try {
      const { deleted } = follow();
      await open();
      await vi.waitFor(() => expect(FakeChannel.all.size).toBe(1));
      server.tell(2, 'post.deleted', { id: 1 });
      await vi.waitFor(() => expect(deleted).toHaveBeenCalledOnce());
      vi.useFakeTimers();
      hidden.mockReturnValue('hidden');
      document.dispatchEvent(new Event('visibilitychange'));
      vi.advanceTimersByTime(60_000);
      vi.useRealTimers();
      hidden.mockReturnValue('visible');
      document.dispatchEvent(new Event('visibilitychange'));
      await vi.waitFor(() => expect(server.asked).toEqual([null, '2']));

      hidden.mockReturnValue('hidden');
      document.dispatchEvent(new Event('visibilitychange'));
      const elsewhere = new FakeChannel('kumiko.posts');
      elsewhere.postMessage({ kind: 'hello' });
      hidden.mockReturnValue('visible');
      follow();
      await vi.waitFor(() => expect(server.asked).toHaveLength(3));
      elsewhere.close();
    } finally {
      hidden.mockRestore();
    }
  });
});
