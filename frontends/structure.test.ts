// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { preProcessFile } from 'typescript';
import { describe, expect, it } from 'vitest';

const root = import.meta.dirname;
const files = ['crud', 'auth', ...readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}`)].flatMap((project) =>
  readdirSync(path.join(root, project, 'src'), { encoding: 'utf8', recursive: true })
    .filter((name) => /\.(tsx?|css)$/.test(name) && name !== 'generated.ts')
    .map((name) => path.posix.join(project, 'src', name.replaceAll(path.sep, '/'))),
);
function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

const known = new Set(files);

// Types count, too: a file that needs another's type can't be understood without it.
const imports = files.flatMap((file) =>
  preProcessFile(read(file))
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => path.posix.join(path.posix.dirname(file), fileName))
    .flatMap((target) => ['.ts', '.tsx', '/index.ts'].map((end) => target + end).find((each) => known.has(each)) ?? [])
    .map((target) => [file, target] as const),
);

/** The arrows that are part of a cycle. */
function cyclesIn(arrows: readonly (readonly [string, string])[]): string[] {
  const targets = new Map<string, string[]>();
  for (const [from, to] of arrows) {
    targets.set(from, [...(targets.get(from) ?? []), to]);
  }
  function reaches(from: string, to: string, seen = new Set<string>()): boolean {
    if (from === to || seen.has(from)) {
      return from === to;
    }
    seen.add(from);
    return (targets.get(from) ?? []).some((next) => reaches(next, to, seen));
  }
  return [...new Set(arrows.filter(([from, to]) => reaches(to, from)).map(([from, to]) => `${from} -> ${to}`))];
}

describe('the structure of the frontends', () => {
  it('is found', () => {
    expect(imports.length).toBeGreaterThan(200);
  });

  // Prettier breaks code, but neither texts nor comments.
  it('has no lines of more than 140 columns', () => {
    const long = files.flatMap((file) =>
      read(file)
        .split('\n')
        .flatMap((line, index) => (line.length > 140 ? `${file}:${index + 1}` : [])),
    );
    expect(long).toEqual([]);
  });

  it('has no modules that import each other in a cycle', () => {
    expect(cyclesIn(imports)).toEqual([]);
  });

  it('has no areas that depend on each other in a cycle', () => {
    const areas = imports.map(([from, to]) => [path.posix.dirname(from), path.posix.dirname(to)] as const);
    // Files beside the areas, such as the texts of an app, are for all of them.
    expect(cyclesIn(areas.filter(([from, to]) => from !== to && !from.endsWith('/src') && !to.endsWith('/src')))).toEqual([]);
  });
});
