// A person's session by the types that openapi-typescript makes, and openapi-fetch.
import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';
import type { paths } from './generated.js';

const [address = '', email = '', username = '', password = ''] = process.argv.slice(2);
let accessToken: string | undefined;
const client = createClient<paths>({ baseUrl: address });
client.use({
  onRequest({ request }) {
    if (accessToken !== undefined) request.headers.set('Authorization', `Bearer ${accessToken}`);
  },
});

const user = (await client.POST('/api/auth/register', { body: { email, username, password } })).data;
assert.equal(user?.username, username);

const tokens = (await client.POST('/api/auth/login', { body: { email, password, token_delivery: 'body' } })).data;
assert.ok(tokens?.refresh_token);
accessToken = tokens.access_token;
assert.equal((await client.GET('/api/auth/me')).data?.email, email);

const content = 'written with openapi-fetch: おはようございます 🌸';
const post = (await client.POST('/api/crud/posts', { body: { content } })).data;
assert.equal(post?.content, content);
const listed = (await client.GET('/api/crud/posts', { params: { query: { user_id: user.id } } })).data;
assert.deepEqual(listed?.items.map((item) => item.id), [post.id]);

const path = { id: post.id };
const read = (await client.GET('/api/crud/posts/{id}', { params: { path } })).response.headers.get('ETag');
assert.ok(read);
const header = { 'If-Match': read };
const changed = await client.PUT('/api/crud/posts/{id}', { params: { path, header }, body: { content: 'changed' } });
assert.equal(changed.data?.content, 'changed');
const late = await client.PUT('/api/crud/posts/{id}', { params: { path, header }, body: { content: 'too late' } });
assert.equal(late.error?.status, 412);
assert.equal((await client.DELETE('/api/crud/posts/{id}', { params: { path } })).response.status, 204);
assert.equal((await client.GET('/api/crud/posts/{id}', { params: { path } })).error?.status, 404);

const renewed = (await client.POST('/api/auth/refresh', { body: { refresh_token: tokens.refresh_token } })).data;
assert.ok(renewed?.refresh_token);
assert.notEqual(renewed.refresh_token, tokens.refresh_token);
accessToken = renewed.access_token;
assert.equal((await client.POST('/api/auth/logout')).response.status, 204);
assert.equal((await client.GET('/api/auth/me')).response.status, 401);
