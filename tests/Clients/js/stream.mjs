// What the scripts that follow the stream share.
const [address, token] = process.argv.slice(2);

export const stream = new URL('/api/crud/posts/stream', address);

/** Writes a post and returns its id. */
export async function write(content) {
  const answer = await fetch(new URL('/api/crud/posts', address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ content }),
  });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()).id;
}

/** Comes back when the stream has sent this many heartbeats from now on. */
export async function heartbeats(count) {
  const answer = await fetch(stream);
  let seen = -1; // The first comment is not a heartbeat: it opens the stream.
  for await (const text of answer.body.pipeThrough(new TextDecoderStream())) {
    seen += text.match(/^:/gm)?.length ?? 0;
    if (seen >= count) return;
  }
  throw new Error('The stream ended.');
}
