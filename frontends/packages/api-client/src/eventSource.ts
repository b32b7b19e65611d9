import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** Receives a stream: each event with its id, and whether the stream is connected. */
export interface StreamSink {
  event: (event: StreamEvent) => void;
  connected: (isConnected: boolean) => void;
}

export interface StreamEvent {
  id: string;
  name: string;
  data: string;
}

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

// The server writes every 15 seconds. A connection whose other end is gone stays silent forever.
const longestSilenceMs = 45_000;

/**
 * Reads server-sent events until the returned function is called, and reconnects after every break with the last id and a growing delay.
 * Unlike a browser's `EventSource`, it can begin with an id that another tab has seen.
 */
export function readEvents(address: string, after: string, sink: StreamSink): { close: () => void; hurry: () => void } {
  const ending = new AbortController();
  let last = after;
  let retry = firstPauseMs;
  let failures = 0;
  let wake: () => void = () => {};

  function take(message: EventSourceMessage): void {
    last = message.id ?? last;
    failures = 0;
    sink.event({ id: last, name: message.event ?? 'message', data: message.data });
  }

  async function readOnce(): Promise<void> {
    const breaking = new AbortController();
    const end = (): void => breaking.abort();
    ending.signal.addEventListener('abort', end);
    let timer = setTimeout(end, longestSilenceMs);
    try {
      const headers = { Accept: 'text/event-stream', ...(last !== '' && { 'Last-Event-ID': last }) };
      const answer = await fetch(address, { headers, cache: 'no-store', credentials: 'omit', signal: breaking.signal });
      if (!answer.ok || answer.body === null) {
        const wait = Number(answer.headers.get('Retry-After'));
        retry = Number.isFinite(wait) && wait > 0 ? wait * 1000 : firstPauseMs;
        if (answer.status === 400) {
          // The id belongs to the data of an earlier server, so start without one.
          last = '';
        }
        return;
      }
      sink.connected(true);
      const parser = createParser({ onEvent: take, onRetry: (milliseconds) => (retry = milliseconds) });
      const text = new TextDecoder();
      const reader = answer.body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        clearTimeout(timer);
        timer = setTimeout(end, longestSilenceMs);
        parser.feed(text.decode(part.value, { stream: true }));
      }
    } finally {
      clearTimeout(timer);
      ending.signal.removeEventListener('abort', end);
    }
  }

  async function run(): Promise<void> {
    for (;;) {
      await readOnce().catch(() => {});
      sink.connected(false);
      const pause = Math.min(retry * 2 ** failures++, Math.max(retry, longestPauseMs));
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, pause);
      });
      if (ending.signal.aborted) {
        return;
      }
    }
  }

  void run();
  return {
    close: () => {
      ending.abort();
      wake();
    },
    hurry: () => {
      failures = 0;
      wake();
    },
  };
}
