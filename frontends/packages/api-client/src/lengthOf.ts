/** The number of characters of a text as the API counts them: an emoji of one code point counts as one, not as two UTF-16 halves. */
export function lengthOf(text: string): number {
  // A surrogate pair counts once.
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}
