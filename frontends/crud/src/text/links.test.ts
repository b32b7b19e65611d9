import { describe, expect, it } from 'vitest';
import { findLinks } from './links';

function addresses(text: string): string[] {
  return findLinks(text).flatMap((piece) => (piece.href === undefined ? [] : [piece.text]));
}

describe('addresses in a text', () => {
  it.each<[string, string[]]>([
    ['see https://example.org/a?b=c#d.', ['https://example.org/a?b=c#d']],
    ['(https://example.org)', ['https://example.org']],
    ['https://en.wikipedia.org/wiki/Joinery_(wood), yes', ['https://en.wikipedia.org/wiki/Joinery_(wood)']],
    ['https://example.org/pageを見てください。', ['https://example.org/page']],
    ['これ：https://ja.wikipedia.org/wiki/組子。', ['https://ja.wikipedia.org/wiki/組子']],
    ['「https://example.org」', ['https://example.org']],
    ['https://日本語.example/', ['https://日本語.example/']],
    ['HTTP://EXAMPLE.ORG/x', ['HTTP://EXAMPLE.ORG/x']],
    ['https://a.example https://b.example', ['https://a.example', 'https://b.example']],
    ['https://example.org/?u=https://b.example', ['https://example.org/?u=https://b.example']],
    ['javascript:alert(1) data:text/html,x ftp://example.org', []],
    ['https:// and http://.', []],
    ['xhttps://example.org', []],
    ['https://bank.example@evil.example/ https://a:b@evil.example', []],
    ['https://example.org/<script>', ['https://example.org/']],
    ["https://example.org/a'", ['https://example.org/a']],
    ['見てhttps://example.org', ['https://example.org']],
    ['(see https://example.org/a_(b)))].', ['https://example.org/a_(b)']],
    [`https://example.org/${')'.repeat(9_000)}`, ['https://example.org/']],
  ])('of %j are %j', (text, expected) => {
    expect(addresses(text)).toEqual(expected);
  });

  it('leave the text whole', () => {
    const text = 'a https://example.org/x, b\nhttps://b.example/日本 c';
    const pieces = findLinks(text);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.every((piece) => text.startsWith(piece.text, piece.start))).toBe(true);
  });

  it('end at two thousand characters', () => {
    const address = (length: number) => `https://example.org/${'a'.repeat(length - 20)}`;
    expect(addresses(`${address(2_000)} b`)).toEqual([address(2_000)]);
    expect(addresses(`${address(2_001)} https://b.example`)).toEqual(['https://b.example']);
  });

  it('are a hundred at most', () => {
    expect(addresses('http://a.b '.repeat(300))).toHaveLength(100);
    const text = 'http://a.b '.repeat(300);
    expect(
      findLinks(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });

  it('are found after what only begins like one', () => {
    expect(addresses('http://[ https://b.example')).toEqual(['https://b.example']);
  });

  it('are none in an empty text', () => {
    expect(findLinks('')).toEqual([]);
  });
});
