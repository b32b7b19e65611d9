// A relying party that finds out about Kumiko with openid-client.
import assert from 'node:assert/strict';
import * as client from 'openid-client';

const [issuer] = process.argv.slice(2);
const configuration = await client.discovery(new URL(issuer), 'somebody', undefined, client.None(), { execute: [client.allowInsecureRequests] });

const metadata = configuration.serverMetadata();
assert.equal(metadata.issuer, issuer);
assert.ok((await (await fetch(metadata.jwks_uri)).json()).keys.length > 0);
