import { describe, expect, it } from 'vitest';
import { findHits, termsOf } from './highlight';

function hits(text: string, query: string): string[] {
  return findHits(text, termsOf(query)).map(({ start, end }) => text.slice(start, end));
}

describe('hits of a search', () => {
  it.each<[string, string, string[]]>([
    ['The Lattice holds', 'LATTICE', ['Lattice']],
    ['Ｋｕｍｉｋｏ は組子', 'kumiko', ['Ｋｕｍｉｋｏ']],
    ['kumiko', 'ＫＵＭＩＫＯ', ['kumiko']],
    ['東京タワーへ', 'たわー', ['タワー']],
    ['ﾃﾞｰﾀと ガラス', 'データ がらす', ['ﾃﾞｰﾀ', 'ガラス']],
    ['か\u3099っこう', 'がっ', ['か\u3099っ']],
    ['caf\u00e9 cafe\u0301', 'CAFÉ', ['caf\u00e9', 'cafe\u0301']],
    ['10㌔走る', 'キロ', ['㌔']],
    ['10㌔走る', 'ロ', ['㌔']],
    ['𠮷野家', '𠮷野', ['𠮷野']],
    ['a 🌱 b', '🌱', ['🌱']],
    ['👩‍👩‍👧 family', '👩👩👧', ['👩‍👩‍👧']],
    ['ΣΊΣΥΦΟΣ', 'σίσυφ', ['ΣΊΣΥΦ']],
    ['한국어', '한국', ['한국']],
    ['abcabc', 'abc', ['abcabc']],
    ['aaaa', 'aa', ['aaaa']],
    ['one two', 'two one', ['one', 'two']],
    ['C++ and C', 'c++', ['C', 'C']],
    ['nothing here', 'else', []],
    ['', 'x', []],
  ])('in %j for %j are %j', (text, query, expected) => {
    expect(hits(text, query)).toEqual(expected);
  });
});

describe('the terms of a search', () => {
  it.each<[string, string[]]>([
    ['two  words', ['two', 'words']],
    ['コンテナ、Docker', ['こんてな', 'docker']],
    ['... !?', []],
    ['', []],
    ['same Same', ['same']],
  ])('in %j are %j', (query, expected) => {
    expect(termsOf(query)).toEqual(expected);
  });
});
