// An API of somebody else that checks Kumiko's tokens by RFC 9068.
import assert from 'node:assert/strict';
import * as oauth from 'oauth4webapi';

const [issuer, token, username] = process.argv.slice(2);
const options = { [oauth.allowInsecureRequests]: true };
const server = await oauth.processDiscoveryResponse(new URL(issuer), await oauth.discoveryRequest(new URL(issuer), options));
const request = new Request('http://api.example.test/', { headers: { Authorization: `Bearer ${token}` } });

const claims = await oauth.validateJwtAccessToken(server, request, 'kumiko', options);
assert.equal(claims.preferred_username, username);
await assert.rejects(oauth.validateJwtAccessToken(server, request, 'another', options));
