// An API of somebody else that checks Kumiko's tokens with jose.
import assert from 'node:assert/strict';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';

const [issuer, token, username] = process.argv.slice(2);
const discovery = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
const keys = createRemoteJWKSet(new URL(discovery.jwks_uri));
const check = (audience) => jwtVerify(token, keys, { issuer: discovery.issuer, audience, typ: 'at+jwt', algorithms: ['ES256'] });

const { payload } = await check('kumiko');
assert.equal(payload.preferred_username, username);
await assert.rejects(check('another'), errors.JWTClaimValidationFailed);
