type Load = () => Promise<unknown>;

const events = ['pointermove', 'pointerdown', 'keydown', 'scroll'] as const;
const wanted = new Set<Load>();
let isUsed = false;

// Whoever only reads may still lose the network before the first press.
const idleMs = 5_000;

/** Loads parts of the page once somebody uses it, or reads for a while, before they are wanted: the first view does not wait for them. */
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

// Where it fails, it is tried again when it is wanted.
function fetch(load: Load): void {
  void load().catch(() => {});
}
