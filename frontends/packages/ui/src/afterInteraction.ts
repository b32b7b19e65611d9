type Load = () => Promise<unknown>;

const events = ['pointermove', 'pointerdown', 'keydown', 'scroll'] as const;
const wanted = new Set<Load>();
let isUsed = false;

// A person who only reads may also lose the network before the first press.
const idleMs = 5_000;

/** Loads parts of the page after the first interaction, or after a while, before they are needed. The first view doesn't wait for them. */
export function afterInteraction(loads: readonly Load[]): void {
  for (const load of loads) {
    if (wanted.has(load)) {
      continue;
    }
    wanted.add(load);
    if (isUsed) {
      fetch(load);
    } else if (wanted.size === 1) {
      for (const event of events) {
        window.addEventListener(event, start, { passive: true, once: true });
      }
      setTimeout(start, idleMs);
    }
  }
}

function start(): void {
  if (!isUsed) {
    isUsed = true;
    wanted.forEach(fetch);
  }
}

// A failed load is retried when the part is needed.
function fetch(load: Load): void {
  void load().catch(() => {});
}
