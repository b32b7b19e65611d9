import { describe, expect, it } from 'vitest';
import { safeReturn, withReturn } from './safeReturn';

const origin = 'https://app.local';

describe('safeReturn', () => {
  it.each([
    '/crud',
    '/crud/',
    '/crud/post?id=7',
    '/crud/search?q=%2F%2Fevil.example%0d%0a&page=2#hit',
    '/crud/search?q=%E7%B5%84%E5%AD%90',
    '/crud?next=https://evil.example',
    '/crud/@evil.example',
    '/crud//evil.example',
    '/auth',
    '/auth/account',
    '/auth/account/sessions',
  ])('leads to a page of the site: %s', (wanted) => {
    expect(safeReturn(wanted, origin)).toBe(wanted);
  });

  it('keeps what a person wrote, encoded as the browser would', () => {
    expect(safeReturn('/crud/search?q=組子', origin)).toBe('/crud/search?q=%E7%B5%84%E5%AD%90');
    expect(safeReturn('/crud/author/../post?id=1', origin)).toBe('/crud/post?id=1');
  });

  it.each([
    [null, 'nothing'],
    ['', 'nothing'],
    ['crud', 'no absolute path'],
    ['./crud', 'no absolute path'],
    ['?id=1', 'no path'],
    ['#x', 'no path'],
    ['/', 'neither of the two apps'],
    ['/api/auth/logout', 'the API'],
    ['/docs', 'another page of the host'],
    ['/crudely', 'a name that only begins alike'],
    ['/authority', 'a name that only begins alike'],
    ['/CRUD', 'paths know case'],
    ['https://evil.example/crud', 'another origin'],
    ['https://app.local/crud', 'an origin at all'],
    ['http://app.local/crud', 'another scheme'],
    ['https:/crud', 'a scheme without an authority'],
    ['//evil.example/crud', 'an authority'],
    ['///evil.example/crud', 'an authority after three slashes'],
    ['////crud', 'an authority'],
    ['/\\evil.example/crud', 'a backslash, which browsers read as a slash'],
    ['\\\\evil.example/crud', 'backslashes'],
    ['/crud\\..\\..\\evil', 'backslashes'],
    ['/crud/..\\/evil.example', 'a backslash'],
    ['/\t/evil.example/crud', 'a tab, which browsers drop'],
    ['/\n/evil.example', 'a line break'],
    ['/crud\r\nLocation: https://evil.example', 'a header'],
    ['\t//evil.example', 'a tab before'],
    [' //evil.example', 'a blank before'],
    ['/crud/\u0000', 'a control character'],
    ['/crud/\u0085', 'a control character of C1'],
    ['javascript:alert(1)', 'a script'],
    ['JaVaScRiPt:alert(1)//crud', 'a script'],
    ['java\nscript:alert(1)', 'a script'],
    ['data:text/html,<script>alert(1)</script>', 'a document'],
    ['blob:https://app.local/crud', 'a blob'],
    ['vbscript:x', 'a script'],
    ['/crud/../../evil', 'a way up'],
    ['/crud/..//evil.example', 'a way up to an authority'],
    ['/crud/%2e%2e//evil.example', 'an encoded way up'],
    ['/crud/.%2E/%2e./api', 'a half encoded way up'],
    ['/crud/%2e%2e%2fapi', 'an encoded slash'],
    ['/crud%2f..%2fapi', 'an encoded slash'],
    ['/%2f/evil.example', 'an encoded slash'],
    ['/crud/%5c%5cevil.example', 'an encoded backslash'],
    ['/crud/%0d%0aSet-Cookie:x', 'an encoded line break'],
    ['/crud/%00', 'an encoded control character'],
    ['/crud/%7f', 'an encoded control character'],
    ['/crud/%252e%252e%252fapi', 'an encoding of an encoding'],
    ['%2F%2Fevil.example', 'no slash before it is decoded'],
    ['/auth/login', 'the page itself'],
    ['/auth/login?return=/crud', 'the page itself'],
    ['/auth/register/', 'the page itself'],
    ['/auth/./login', 'the page itself'],
    ['@evil.example', 'somebody at a host'],
    ['.evil.example', 'a suffix of the host'],
    [':443@evil.example', 'a port and a host'],
    [`/crud?q=${'x'.repeat(2_000)}`, 'too much'],
  ])('does not lead to %j: %s', (...[wanted]: [string | null, string]) => {
    expect(safeReturn(wanted, origin)).toBe('/crud');
  });

  it('never names another host, whatever character stands between the slashes', () => {
    const astray: string[] = [];
    for (let code = 0; code < 0x3000; code++) {
      const character = String.fromCharCode(code);
      for (const wanted of [
        `/${character}/evil.example`,
        `${character}//evil.example`,
        `/${character}evil.example`,
        `/crud/..${character}//evil.example`,
      ]) {
        const url = new URL(safeReturn(wanted, origin), origin);
        if (url.origin !== origin || !/^\/(crud|auth)(\/|$)/.test(url.pathname)) {
          astray.push(wanted);
        }
      }
    }
    expect(astray).toEqual([]);
  });
});

describe('withReturn', () => {
  it('keeps the page to return to', () => {
    expect(withReturn('/register', '/crud/search?q=a&b')).toBe('/register?return=%2Fcrud%2Fsearch%3Fq%3Da%26b');
    expect(withReturn('/register', null)).toBe('/register');
  });
});
