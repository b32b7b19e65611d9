import type { Range } from './highlight';

const mostCharacters = 600;
const mostLines = 12;

// Context before a hit that would otherwise be hidden.
const lead = 80;

/**
 * The part of a long text to show at first: its beginning, or the surroundings of the first hit; null for a text that is short enough to
 * show whole.
 */
export function shorten(text: string, firstHit?: Range): Range | null {
  const whole = endOf(text, 0);
  // Folding that hides hardly anything is only a nuisance.
  if (whole >= text.length || (text.length - whole < 120 && text.slice(whole).split('\n').length <= 3)) {
    return null;
  }
  if (firstHit === undefined || firstHit.end <= whole) {
    return { start: 0, end: whole };
  }
  const start = wholeCharacter(text, Math.max(text.lastIndexOf('\n', firstHit.start) + 1, firstHit.start - lead));
  return { start, end: Math.max(endOf(text, start), firstHit.end) };
}

function endOf(text: string, start: number): number {
  let end = Math.min(text.length, start + mostCharacters);
  let at = start;
  for (let line = 0; line < mostLines; line++) {
    const newline = text.indexOf('\n', at);
    if (newline < 0) {
      return wordEnd(text, start, end);
    }
    at = newline + 1;
  }
  end = Math.min(end, at - 1);
  return wordEnd(text, start, end);
}

// Between words, if there is a boundary nearby.
function wordEnd(text: string, start: number, end: number): number {
  if (end >= text.length) {
    return text.length;
  }
  const space = Math.max(text.lastIndexOf(' ', end), text.lastIndexOf('\n', end), text.lastIndexOf('。', end - 1) + 1);
  return space > Math.max(start, end - 40) ? space : wholeCharacter(text, end);
}

// Not between the two halves of a surrogate pair.
function wholeCharacter(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text[at] ?? '') ? at - 1 : at;
}
