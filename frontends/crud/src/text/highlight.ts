/** A range in a text, in UTF-16 units. */
export interface Range {
  start: number;
  end: number;
}

// Equates what upper and lower case share: 'ß' and 'SS', 'Σ' and 'ς', 'İ' and 'I'. The dotless ı shares its capital with i, and stays
// separate.
function foldCase(text: string): string {
  return text
    .replace(/[^ı]+/g, (run) => run.toUpperCase().toLowerCase())
    .replace(/ς/g, 'σ')
    .replace(/i\u0307/g, 'i');
}

// The same folding as in the search: invisible characters, compatibility forms, letter case, and katakana as hiragana.
function fold(text: string): string {
  return foldCase(text.replace(/\p{Default_Ignorable_Code_Point}/gu, '').normalize('NFKC'))
    .normalize('NFKC')
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

/** The words of a search, folded: runs of letters, digits, marks and symbols. An empty list means that there is nothing to search for. */
export function termsOf(query: string): string[] {
  const runs = fold(query).match(/(?:[\p{L}\p{M}\p{Nl}\p{No}\p{Nd}\p{So}]|(?![\x00-\x7f])[\p{Sk}\p{Sc}\p{Sm}])+/gu);
  return [...new Set(runs)];
}

let segmenter: Intl.Segmenter | undefined;

// User-perceived characters. The segmenter's time is quadratic in the length of the text (V8 12), so it gets short pieces.
function* segmentsOf(text: string): Generator<{ index: number; segment: string }> {
  segmenter ??= new Intl.Segmenter();
  for (let at = 0; at < text.length;) {
    const piece = text.slice(at, at + 500);
    const segments = [...segmenter.segment(piece)];
    // The last segment may continue after the piece.
    if (at + piece.length < text.length && segments.length > 1) {
      segments.pop();
    }
    for (const { index, segment } of segments) {
      yield { index: at + index, segment };
    }
    const last = segments.at(-1);
    at += last === undefined ? piece.length : last.index + last.segment.length;
  }
}

/** The places of the search terms in a text, in order and without overlaps. A user-perceived character is never cut. */
export function findHits(text: string, terms: readonly string[]): Range[] {
  if (terms.length === 0) {
    return [];
  }
  let folded = '';
  // For each unit of the folded text, the character that it came from.
  const starts: number[] = [];
  const ends: number[] = [];
  // Folding takes far longer than looking up an earlier result for the same character.
  const pieces = new Map<string, string>();
  for (const { index, segment } of segmentsOf(text)) {
    const piece = pieces.get(segment) ?? fold(segment);
    pieces.set(segment, piece);
    folded += piece;
    for (let unit = piece.length; unit > 0; unit--) {
      starts.push(index);
      ends.push(index + segment.length);
    }
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
