import { diffArrays } from 'diff';

// More than a person would read. The time grows with its square.
const mostDifferences = 500;

/** Merges two texts as a start for combining them: common lines once, the others in place. */
export function union(first: string, second: string): string {
  const parts = diffArrays(first.split('\n'), second.split('\n'), { maxEditLength: mostDifferences });
  return parts?.flatMap(({ value }) => value).join('\n') ?? `${first}\n\n${second}`;
}
