import clsx from 'clsx';

// Each has a contrast of at least 4.5:1 with white.
const colours = ['#7a4a2b', '#2b4c7e', '#2f6b3c', '#7d2f4f', '#5b4a8a', '#8a3a22', '#1f6670', '#5d5a1c'];

let segmenter: Intl.Segmenter | undefined;

// A letter with combining marks, such as an accent, may be several characters. Creating a segmenter is slow, and most names don't need one.
function firstOf(name: string): string {
  if (/^[!-~]([!-~]|$)/.test(name)) {
    return name.charAt(0);
  }
  segmenter ??= new Intl.Segmenter();
  return segmenter.segment(name)[Symbol.iterator]().next().value?.segment ?? '';
}

/** The first letter of a name, on a colour that the person keeps under any name; empty for a deleted author. */
export function Avatar({ id, name, className }: { id: number; name: string | null; className?: string }) {
  const first = name === null ? '' : firstOf(name);
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'inline-flex size-10 shrink-0 items-center justify-center rounded-full text-sm font-semibold text-white uppercase select-none',
        className,
      )}
      style={{ backgroundColor: name === null ? '#7b7266' : colours[id % colours.length] }}
    >
      {first}
    </span>
  );
}
