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
    ['ΣΊΣΥΦΟΣ', 'σίσυφος', ['ΣΊΣΥΦΟΣ']],
    ['ο δρόμος', 'ΔΡΌΜΟΣ', ['δρόμος']],
    ['İSTANBUL', 'istanbul', ['İSTANBUL']],
    ['istanbul', 'İstanbul', ['istanbul']],
    ['ısırgan', 'ısır', ['ısır']],
    ['die Straße', 'STRASSE', ['Straße']],
    ['DIE STRASSE', 'straße', ['STRASSE']],
    ['heart ❤ plain', '❤\ufe0f', ['❤']],
    ['cof\u00adfee', 'coffee', ['cof\u00adfee']],
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

it.each([498, 499, 500, 501])('cuts no character that stands %i units into a long text', (length) => {
  const text = 'x'.repeat(length) + '👩\u200d👩\u200d👧e\u0301' + 'x'.repeat(length);
  expect(hits(text, '👧')).toEqual(['👩\u200d👩\u200d👧']);
  expect(hits(text, 'é')).toEqual(['e\u0301']);
});

it('finds hits in a time that grows with the text and no faster', () => {
  const time = (length: number) => {
    const text = 'a'.repeat(length);
    const started = performance.now();
    expect(findHits(text, ['a'])).toEqual([{ start: 0, end: length }]);
    return performance.now() - started;
  };
  time(1_000);
  // Ten times the text; a quadratic search would take a hundred times as long.
  const short = Math.min(time(5_000), time(5_000), time(5_000));
  const long = Math.min(time(50_000), time(50_000), time(50_000));
  expect(long).toBeLessThan(Math.max(short, 1) * 40);
});

describe('the terms of a search', () => {
  it.each<[string, string[]]>([
    ['two  words', ['two', 'words']],
    ['コンテナ、Docker', ['こんてな', 'docker']],
    ['... !?', []],
    ['', []],
    ['same Same', ['same']],
    ['\ufe0f\u200b', []],
  ])('in %j are %j', (query, expected) => {
    expect(termsOf(query)).toEqual(expected);
  });
});
