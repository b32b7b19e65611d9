/** A value that pages follow with `useStore`. */
export interface Store<T> {
  /** The value: the same object until it is set. */
  readonly get: () => T;
  readonly set: (value: T) => void;
  /** Calls the function after each change, until the returned function is called. */
  readonly subscribe: (listener: () => void) => () => void;
}

/**
 * @param first Makes the first value, when it is first needed.
 * @param follow Runs while somebody is subscribed, for a value that also changes by other means. Returns a function that stops it.
 */
export function createStore<T>(first: () => T, follow?: (store: Store<T>) => () => void): Store<T> {
  let current: { value: T } | null = null;
  let stop: (() => void) | undefined;
  const listeners = new Set<() => void>();
  const store: Store<T> = {
    get: () => (current ??= { value: first() }).value,
    set: (value) => {
      if (current !== null && Object.is(current.value, value)) {
        return;
      }
      current = { value };
      for (const listener of [...listeners]) {
        listener();
      }
    },
    subscribe: (listener) => {
      if (listeners.size === 0) {
        stop = follow?.(store);
      }
      listeners.add(listener);
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) {
          stop?.();
        }
      };
    },
  };
  return store;
}
