// More than a person would read. The table grows with the product of the lengths.
const mostCells = 250_000;

/** Merges two texts as a start for combining them: common lines once, the others in place. */
export function union(first: string, second: string): string {
  const a = first.split('\n');
  const b = second.split('\n');
  if (a.length * b.length > mostCells) {
    return `${first}\n\n${second}`;
  }
  // The number of common lines in the remainders, for each pair of positions.
  const common = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      (common[i] ?? [])[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: string[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(a[i] ?? '');
      i += 1;
      j += 1;
    } else if (j === b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      lines.push(a[i++] ?? '');
    } else {
      lines.push(b[j++] ?? '');
    }
  }
  return lines.join('\n');
}
