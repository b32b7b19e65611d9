'use client';

import { useTexts } from '@kumiko/ui';
import { useMemo, useState, type ReactNode } from 'react';
import { messages } from '../messages';
import { shorten } from './shorten';
import { findHits, type Range } from './highlight';
import { findLinks } from './links';

const noTerms: readonly string[] = [];

/** The text of a post: lines kept, web addresses as links, search hits marked, a long text folded. It is never interpreted as HTML. */
export function PostText({ text, terms = noTerms, isFoldable = true }: { text: string; terms?: readonly string[]; isFoldable?: boolean }) {
  const texts = useTexts(messages);
  const [isOpen, setOpen] = useState(false);
  const links = useMemo(() => findLinks(text), [text]);
  const hits = useMemo(() => findHits(text, terms), [text, terms]);
  const short = useMemo(() => (isFoldable ? shorten(text, hits[0]) : null), [text, hits, isFoldable]);
  const shown = short === null || isOpen ? { start: 0, end: text.length } : short;

  return (
    <>
      {/* Each line has the direction of its own text. */}
      <p className="whitespace-pre-wrap [unicode-bidi:plaintext]">
        {shown.start > 0 && '… '}
        {links.map((piece) => {
          const part = overlap({ start: piece.start, end: piece.start + piece.text.length }, shown);
          if (part === null) {
            return null;
          }
          return piece.href === undefined ? (
            <span key={piece.start}>{marked(text, part, hits)}</span>
          ) : (
            <a
              key={piece.start}
              href={piece.href}
              rel="noopener nofollow ugc"
              target="_blank"
              className="text-accent underline decoration-accent/40 underline-offset-3 hover:decoration-accent"
            >
              {marked(text, part, hits)}
            </a>
          );
        })}
        {shown.end < text.length && ' …'}
      </p>
      {short !== null && (
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="-ms-2 mt-1 inline-flex min-h-11 items-center rounded-md px-2 text-sm font-medium text-accent hover:underline"
        >
          {isOpen ? texts.showLess : texts.showMore}
        </button>
      )}
    </>
  );
}

function marked(text: string, part: Range, hits: readonly Range[]): ReactNode[] {
  const pieces: ReactNode[] = [];
  let end = part.start;
  for (const hit of hits) {
    const marked = overlap(hit, part);
    if (marked !== null) {
      pieces.push(
        text.slice(end, marked.start),
        <mark key={marked.start} className="rounded-[0.2em] bg-mark text-ink">
          {text.slice(marked.start, marked.end)}
        </mark>,
      );
      end = marked.end;
    }
  }
  pieces.push(text.slice(end, part.end));
  return pieces;
}

function overlap(a: Range, b: Range): Range | null {
  const start = Math.max(a.start, b.start);
  const end = Math.min(a.end, b.end);
  return start < end ? { start, end } : null;
}
