// More than a person would read, and the table grows with the product.
const mostCells = 250_000;

/** Both texts in one, as a start to write one from both: the lines that they share once, the others where they stand. */
export function union(first: string, second: string): string {
  const a = first.split('\n');
  const b = second.split('\n');
  if (a.length * b.length > mostCells) {
    return `${first}\n\n${second}`;
  }
  // How many lines the rests have in common, from each pair of places on.
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
