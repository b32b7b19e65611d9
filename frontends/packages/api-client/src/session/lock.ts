/** Held by one tab at a time while it spends the refresh token. */
const lockName = 'kumiko.session';

/**
 * Does something while no other tab spends the refresh token. Where a browser has no locks, or forbids them together with storage, the
 * server's grace period of ten seconds for a spent token replaces them.
 */
export async function withLock<T>(work: () => Promise<T>): Promise<T> {
  let isHeld = false as boolean;
  if (typeof navigator !== 'undefined' && 'locks' in navigator) {
    try {
      return await navigator.locks.request(lockName, () => {
        isHeld = true;
        return work();
      });
    } catch (error) {
      if (isHeld) {
        throw error;
      }
    }
  }
  return work();
}
