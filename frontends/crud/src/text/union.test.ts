import { describe, expect, it } from 'vitest';
import { union } from './union';

describe('two texts in one', () => {
  it.each([
    ['a\nb\nc', 'a\nx\nc', 'a\nb\nx\nc'],
    ['same', 'same', 'same'],
    ['mine', 'theirs', 'mine\ntheirs'],
    ['a\nb', 'b\nc', 'a\nb\nc'],
    ['a', 'a\nb', 'a\nb'],
  ])('%j and %j are %j', (first, second, expected) => {
    expect(union(first, second)).toBe(expected);
  });

  it('with very many differences stand one below the other', () => {
    const first = 'x\n'.repeat(1000);
    const second = 'y\n'.repeat(1000);
    expect(union(first, second)).toBe(`${first}\n\n${second}`);
  });
});
