import clsx from 'clsx';

// Each keeps 4.5:1 under white.
const colours = ['#7a4a2b', '#2b4c7e', '#2f6b3c', '#7d2f4f', '#5b4a8a', '#8a3a22', '#1f6670', '#5d5a1c'];

let segmenter: Intl.Segmenter | undefined;

// One letter that others can join, such as an accent, may be several characters. To make a segmenter takes long, and most names need none.
function firstOf(name: string): string {
  if (/^[!-~]([!-~]|$)/.test(name)) {
    return name.charAt(0);
  }
  segmenter ??= new Intl.Segmenter();
  return segmenter.segment(name)[Symbol.iterator]().next().value?.segment ?? '';
}

/** The first letter of a name, on a colour that stays the person's whatever they are called; nobody's is empty. */
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
