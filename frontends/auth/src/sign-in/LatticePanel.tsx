'use client';

import { useTexts } from '@kumiko/ui';
import { messages } from '../messages';

// Asanoha, the hemp leaf: a grid of triangles, each with lines from its corners to its centre.
const leaf =
  'M0 0v60M103.92 0v60M51.96 0v60M0 0l51.96 30L0 60M103.92 0 51.96 30l51.96 30' +
  'M0 0l17.32 30L0 60M17.32 30h34.64M103.92 0 86.6 30l17.32 30M86.6 30H51.96M0 0h34.64M0 60h34.64M51.96 30 34.64 0M51.96 30 34.64 60' +
  'M103.92 0H69.28M103.92 60H69.28M51.96 30 69.28 0M51.96 30 69.28 60';

/** The decorative half of the sign-in pages: a lattice, and how it relates to a board. */
export function LatticePanel() {
  const texts = useTexts(messages);
  return (
    <div className="relative hidden overflow-hidden bg-accent-strong text-on-accent lg:flex dark:bg-accent-soft dark:text-ink">
      <svg
        aria-hidden="true"
        className="absolute inset-0 size-full"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <defs>
          <pattern id="leaf" width="103.92" height="60" patternUnits="userSpaceOnUse" patternTransform="scale(1.35)">
            <path d={leaf} />
          </pattern>
          <linearGradient id="light" x1="1" y1="0" x2="0.25" y2="1">
            <stop offset="0" stopColor="#fff" stopOpacity="0.36" />
            <stop offset="0.55" stopColor="#fff" stopOpacity="0.13" />
            <stop offset="0.85" stopColor="#fff" stopOpacity="0" />
          </linearGradient>
          <mask id="fade">
            <rect width="100%" height="100%" fill="url(#light)" stroke="none" />
          </mask>
        </defs>
        <rect width="100%" height="100%" fill="url(#leaf)" stroke="none" mask="url(#fade)" />
      </svg>
      <p className="relative mt-auto p-12 text-xl leading-relaxed font-medium">
        {texts.motto.map((line) => (
          <span key={line} className="block">
            {line}{' '}
          </span>
        ))}
      </p>
    </div>
  );
}
