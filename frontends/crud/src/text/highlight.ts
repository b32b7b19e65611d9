/** From where to where in a text, in UTF-16 units. */
export interface Range {
  start: number;
  end: number;
}

// The same folding as the search itself does: compatibility forms, letter case, and katakana as hiragana. The joiner of emoji does not count.
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/\u200d/g, '');
}

/** The words of a search, folded: runs of letters, digits, marks and symbols. None means that there is nothing to search for. */
export function termsOf(query: string): string[] {
  const runs = fold(query).match(/(?:[\p{L}\p{M}\p{Nl}\p{No}\p{Nd}\p{So}]|(?![\x00-\x7f])[\p{Sk}\p{Sc}\p{Sm}])+/gu);
  return [...new Set(runs)];
}

let segmenter: Intl.Segmenter | undefined;

/** Where the terms of a search stand in a text, in order and apart from each other. What a person sees as one character is never cut. */
export function findHits(text: string, terms: readonly string[]): Range[] {
  if (terms.length === 0) {
    return [];
  }
  let folded = '';
  // For each unit of the folded text, the character of the text that it came from.
  const starts: number[] = [];
  const ends: number[] = [];
  segmenter ??= new Intl.Segmenter();
  for (const { index, segment } of segmenter.segment(text)) {
    const piece = fold(segment);
    folded += piece;
    starts.length = ends.length = folded.length;
    starts.fill(index, folded.length - piece.length);
    ends.fill(index + segment.length, folded.length - piece.length);
  }

  const hits: Range[] = [];
  for (const term of terms) {
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
      hits.push({ start: starts[at] ?? 0, end: ends[at + term.length - 1] ?? text.length });
    }
  }
  hits.sort((a, b) => a.start - b.start);

  const apart: Range[] = [];
  for (const hit of hits) {
    const last = apart.at(-1);
    if (last !== undefined && hit.start <= last.end) {
      last.end = Math.max(last.end, hit.end);
    } else {
      apart.push(hit);
    }
  }
  return apart;
}
