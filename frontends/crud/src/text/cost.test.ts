import { lengthOf } from '@kumiko/api-client';
import { describe, expect, it } from 'vitest';
import { shorten } from './shorten';
import { findLinks } from './links';
import { faultOf } from './rules';
import { union } from './union';

// Anyone can write a text, and every reader's browser processes it.
const nasty: Record<string, string> = {
  'what is no address': 'http://[',
  'what is not even escaped': 'http://%',
  'schemes within one address': 'http://a.b/',
  'schemes apart': 'http:// ',
  addresses: 'http://a.b ',
  'addresses in brackets': '(http://a.b/(',
  brackets: 'http://a.b/))))))))',
  punctuation: "http://a.b/.,;:!?'*_~",
  'other scripts': 'http://例え.jp/組子',
  marks: 'a\u0301\u0323',
  directions: '\u202ea\u2067',
  'halves of pairs': '\ud83d\ud83d',
  'white space': ' \n',
  lines: 'a\n',
};

const readers: Record<string, (text: string) => unknown> = {
  findLinks,
  shorten: (text) => [shorten(text), shorten(text, { start: text.length - 2, end: text.length - 1 })],
  rules: (text) => [faultOf(text), lengthOf(text)],
  union: (text) => union(text, text.slice(1)),
};

describe.each(Object.entries(readers))('the time that %s takes', (_, read) => {
  it.each(Object.entries(nasty))('grows with the length of a text of %s, and not faster', (_kind, unit) => {
    const [short, long] = [5_000, 40_000].map((length) => unit.repeat(length / unit.length));
    const [once, eightfold] = [fastest(() => read(short ?? '')), fastest(() => read(long ?? ''))];
    // The factor is 8 for linear and 64 for quadratic time. Below a millisecond, the clock is too coarse.
    expect(eightfold).toBeLessThan(24 * Math.max(once, 1));
  });
});

function fastest(work: () => void): number {
  let best = Infinity;
  for (let run = 0; run < 5 && (run === 0 || best < 500); run++) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
