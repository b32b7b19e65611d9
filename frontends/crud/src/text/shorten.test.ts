import { describe, expect, it } from 'vitest';
import { shorten } from './shorten';

describe('a long text', () => {
  it('is folded, and a short one is not', () => {
    expect(shorten('word '.repeat(100))).toBeNull();
    expect(shorten('word '.repeat(400))?.end).toBeLessThanOrEqual(600);
  });

  it('is folded by its lines too', () => {
    const text = 'line\n'.repeat(40);
    const part = shorten(text);
    expect(text.slice(0, part?.end).split('\n')).toHaveLength(12);
  });

  it('is not folded for the sake of a few words', () => {
    expect(shorten('a'.repeat(650))).toBeNull();
  });

  it('is never cut in the middle of a character', () => {
    const text = `a${'🌱'.repeat(1000)}`;
    const end = shorten(text)?.end ?? 0;
    expect(text.slice(0, end)).toMatch(/^a(?:🌱)+$/u);
  });

  it('shows what is around a hit further down', () => {
    const text = `${'before '.repeat(300)}needle${' after'.repeat(300)}`;
    const start = text.indexOf('needle');
    const part = shorten(text, { start, end: start + 6 });
    expect(text.slice(part?.start, part?.end)).toContain('needle');
    expect(part?.start).toBeGreaterThan(1000);
  });
});
