/** A part of a text, with its position. With `href`, it is a link. */
export interface Piece {
  start: number;
  text: string;
  href?: string;
}

const beginning = /(?<![A-Za-z0-9])https?:\/\//gi;

// Browsers and the servers on the way accept this much (RFC 9110, 4.1, asks for 8,000 bytes; an escaped letter has up to twelve).
const longestAddress = 2_000;

// More than a person would follow, and each costs every reader time.
const mostLinks = 100;

/**
 * Splits a text at its web addresses. The parts together are the text. Each character is read a fixed number of times, since anyone can
 * write a text and every reader's browser processes it: a candidate that turns out not to be an address is skipped as a whole.
 */
export function findLinks(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  let read = 0;
  let links = 0;
  for (const { index, 0: scheme } of text.matchAll(beginning)) {
    if (links === mostLinks) {
      break;
    }
    if (index < read) {
      continue;
    }
    read = addressEnd(text, index + scheme.length);
    const address = withoutPunctuation(text.slice(index, read));
    const href = address.length > longestAddress ? null : addressOf(address);
    if (href === null) {
      continue;
    }
    links += 1;
    if (index > end) {
      pieces.push({ start: end, text: text.slice(end, index) });
    }
    pieces.push({ start: index, text: address, href });
    end = index + address.length;
  }
  if (end < text.length) {
    pieces.push({ start: end, text: text.slice(end) });
  }
  return pieces;
}

// Letters of other scripts belong to an address after a separator ("/wiki/組子"). After a Latin letter or a digit they end it, since
// Japanese continues without a space ("https://example.org/pageを見て").
function addressEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length) {
    const character = String.fromCodePoint(text.codePointAt(end) ?? 0);
    const isAscii = character < '\x7f';
    const belongs = isAscii
      ? /[!#-;=?-[\]_a-z~]/.test(character)
      : /[\p{L}\p{M}\p{N}]/u.test(character) && !/[A-Za-z0-9]/.test(text[end - 1] ?? '');
    if (!belongs) {
      break;
    }
    end += character.length;
  }
  return end;
}

// Final punctuation, and brackets that the address didn't open, belong to the sentence.
function withoutPunctuation(address: string): string {
  // The number of unopened brackets of each kind. The part that is cut off opens none.
  const extra: Record<string, number> = { ')': count(address, ')') - count(address, '('), ']': count(address, ']') - count(address, '[') };
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1] ?? '';
    const unopened = extra[last];
    if (unopened === undefined ? !/[.,;:!?'*_~]/.test(last) : unopened <= 0) {
      break;
    }
    if (unopened !== undefined) {
      extra[last] = unopened - 1;
    }
  }
  return address.slice(0, end);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function addressOf(text: string): string | null {
  if (!URL.canParse(text)) {
    return null;
  }
  const url = new URL(text);
  // "https://bank.example@evil.example" leads to evil.example; nobody else writes a user name into a link.
  const pretends = url.username !== '' || url.password !== '';
  return !pretends && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : null;
}
