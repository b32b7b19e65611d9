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

/** What is wrong with a text as a post; null for a good one. White space at its ends does not count. */
export function faultOf(text: string): Fault | null {
  const trimmed = text.trim();
  if (trimmed === '') {
    return 'empty';
  }
  if (/(?![\t\n])\p{Cc}/u.test(trimmed)) {
    return 'control';
  }
  return lengthOf(trimmed) > longestPost ? 'long' : null;
}
