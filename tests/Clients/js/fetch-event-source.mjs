// Follows the stream with @microsoft/fetch-event-source, which hands on whatever ends in an empty line.
import assert from 'node:assert/strict';
import { heartbeats, stream, write } from './stream.mjs';

// It is made for browsers and looks at these.
globalThis.window = globalThis;
globalThis.document = { hidden: false, addEventListener() {}, removeEventListener() {} };
const { fetchEventSource } = await import('@microsoft/fetch-event-source');

const messages = [];
const stop = new AbortController();
let post;
let created;
const wasCreated = new Promise((resolve) => (created = resolve));
let opened;
const wasOpened = new Promise((resolve) => (opened = resolve));
const isOurs = ({ event, data }) => event === 'post.created' && JSON.parse(data).id === post;
const following = fetchEventSource(stream.href, {
  signal: stop.signal,
  openWhenHidden: true,
  onmessage(message) {
    messages.push(message);
    if (message.event === 'stream.open') opened();
    if (isOurs(message)) created();
  },
  onerror(error) {
    throw error;
  },
});
await Promise.race([wasOpened, following]);
// Two: this stream and the one that counts do not beat at the same moment.
const beaten = heartbeats(2);
post = await write('seen by fetch-event-source');
if (messages.some(isOurs)) created();
await Promise.race([wasCreated, following]);
await Promise.race([beaten, following]);
stop.abort();

for (const { event, data } of messages) {
  assert.notEqual(event, '', 'A message without a name.');
  assert.equal(typeof JSON.parse(data), 'object');
}
process.exit();
