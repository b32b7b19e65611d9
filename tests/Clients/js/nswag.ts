// A person's session by the client that `nswag openapi2tsclient` makes.
import assert from 'node:assert/strict';
import {
  Client,
  CreatePostRequest,
  RefreshTokensRequest,
  RegisterUserRequest,
  SignInRequest,
  SignInRequestToken_delivery,
  UpdatePostRequest,
} from './generated.js';

const [address = '', email = '', username = '', password = ''] = process.argv.slice(2);
let accessToken: string | undefined;
let lastTag: string | undefined;
const client = new Client(address, {
  async fetch(url, init) {
    const headers = new Headers(init?.headers);
    if (accessToken !== undefined) headers.set('Authorization', `Bearer ${accessToken}`);
    const answer = await fetch(url, { ...init, headers });
    lastTag = answer.headers.get('ETag') ?? undefined;
    return answer;
  },
});
const failsWith = (status: number) => (error: { status?: number }) => error.status === status;

const user = await client.registerUser(undefined, new RegisterUserRequest({ email, username, password }));
assert.equal(user.username, username);

const tokens = await client.signIn(new SignInRequest({ email, password, token_delivery: SignInRequestToken_delivery.Body }));
accessToken = tokens.access_token;
assert.equal((await client.getMe(undefined)).email, email);

const content = 'written with NSwag: おはようございます 🌸';
const post = await client.createPost(undefined, new CreatePostRequest({ content }));
assert.equal(post.content, content);
const listed = await client.listPosts(undefined, undefined, user.id, undefined);
assert.deepEqual(listed.items.map((item) => item.id), [post.id]);

assert.equal((await client.getPost(post.id, undefined)).content, content);
const read = lastTag;
assert.ok(read);
assert.equal((await client.updatePost(post.id, read, new UpdatePostRequest({ content: 'changed' }))).content, 'changed');
await assert.rejects(client.updatePost(post.id, read, new UpdatePostRequest({ content: 'too late' })), failsWith(412));
await assert.rejects(client.deletePost(post.id, read), failsWith(412));
assert.equal((await client.updatePost(post.id, undefined, new UpdatePostRequest({ content: 'changed again' }))).content, 'changed again');
await client.deletePost(post.id, undefined);
await assert.rejects(client.getPost(post.id, undefined), failsWith(404));

const renewed = await client.refreshTokens(new RefreshTokensRequest({ refresh_token: tokens.refresh_token }));
assert.notEqual(renewed.refresh_token, tokens.refresh_token);
accessToken = renewed.access_token;
await client.signOut(undefined);
await assert.rejects(client.getMe(undefined), failsWith(401));
