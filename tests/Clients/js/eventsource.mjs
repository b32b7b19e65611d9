// Follows the stream with the EventSource that Node programs use, and comes back to what was missed.
import assert from 'node:assert/strict';
import { EventSource } from 'eventsource';
import { stream, write } from './stream.mjs';

const follow = (options) => {
  const source = new EventSource(stream, options);
  const created = [];
  const waiting = [];
  source.addEventListener('post.created', (event) => {
    const post = JSON.parse(event.data);
    created.push({ ...post, lastEventId: event.lastEventId });
    waiting.splice(0).forEach((wake) => wake());
  });
  source.addEventListener('message', (event) => assert.fail(`A message without a name: ${JSON.stringify(event.data)}`));
  return {
    opened: new Promise((resolve) => source.addEventListener('stream.open', resolve)),
    async created(id) {
      for (;;) {
        const found = created.find((post) => post.id === id);
        if (found) return found;
        await new Promise((resolve) => waiting.push(resolve));
      }
    },
    close: () => source.close(),
  };
};

const first = follow();
await first.opened;
const seen = await write('seen: おは 🌸');
const { content, lastEventId } = await first.created(seen);
assert.equal(content, 'seen: おは 🌸');
assert.ok(lastEventId);
first.close();

const missed = await write('missed');
const again = follow({
  fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, 'Last-Event-ID': lastEventId } }),
});
await again.created(missed);
again.close();
