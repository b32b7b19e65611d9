/** What the API takes for a post, in Unicode scalar values. */
export const longestPost = 10_000;

/** How long a search may be. */
export const longestSearch = 200;

/** How many Unicode scalar values a text has: an emoji of one code point is one, not two UTF-16 halves. */
export function lengthOf(text: string): number {
  // A pair of halves counts once.
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}

export type Fault = 'empty' | 'long' | 'control';

// White space, controls, format characters, and what has an empty glyph: BRAILLE PATTERN BLANK and the like, which no property names.
const visible = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\u{13441}\u{13442}\u{16fe4}\u{1d159}]/u;

/** What is wrong with a text as a post; null for a good one. White space at its ends does not count, nor what nobody can see. */
export function faultOf(text: string): Fault | null {
  const trimmed = text.trim();
  if (!visible.test(trimmed)) {
    return 'empty';
  }
  if (/(?![\t\n\r])\p{Cc}/u.test(trimmed)) {
    return 'control';
  }
  return lengthOf(trimmed) > longestPost ? 'long' : null;
}
