import { lengthOf } from '@kumiko/api-client';

/** The API's maximum length of a post, in Unicode scalar values. */
export const longestPost = 10_000;

/** The maximum length of a search. */
export const longestSearch = 200;

export type Fault = 'empty' | 'long' | 'control';

// White space, controls, format characters, and characters with an empty glyph, such as BRAILLE PATTERN BLANK, which no property covers.
const visible = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\u{13441}\u{13442}\u{16fe4}\u{1d159}]/u;

/** What is wrong with a text as a post; null if nothing is. White space at its ends and invisible characters don't count. */
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
