import { lengthOf } from '@kumiko/api-client';
import { describe, expect, it } from 'vitest';
import { faultOf, longestPost } from './rules';

describe('the length of a text', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['日本語', 3],
    ['🌱', 1],
    ['𠮷野家', 3],
    ['か\u3099', 2],
    ['👩‍👩‍👧', 5],
  ])('of %j is %i', (text, length) => {
    expect(lengthOf(text)).toBe(length);
  });
});

describe('a post', () => {
  it('needs more than white space', () => {
    expect(faultOf(' \n\t\u3000')).toBe('empty');
  });

  it.each(['\u200b', '\u3164', '\ufeff', '\u00ad', '\u2800', '\u202e \u2066'])('of %j alone says nothing', (text) => {
    expect(faultOf(text)).toBe('empty');
    expect(faultOf(`${text}x`)).toBeNull();
  });

  it('may end its lines as Windows does', () => {
    expect(faultOf('a\r\nb')).toBeNull();
  });

  it('may be as long as the API takes, counted after trimming', () => {
    expect(faultOf(`  ${'🌱'.repeat(longestPost)}\n`)).toBeNull();
    expect(faultOf('🌱'.repeat(longestPost + 1))).toBe('long');
  });

  it('may hold tabs and newlines, and no other control character', () => {
    expect(faultOf('a\tb\nc')).toBeNull();
    expect(faultOf('a\u0007b')).toBe('control');
    expect(faultOf('a\u0085b')).toBe('control');
  });
});
