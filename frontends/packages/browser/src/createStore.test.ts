import { describe, expect, it, vi } from 'vitest';
import { createStore, type Store } from './createStore';

describe('a store', () => {
  it('makes its first value once, when it is needed', () => {
    const first = vi.fn(() => ({}));
    const store = createStore(first);
    expect(first).not.toHaveBeenCalled();
    expect(store.get()).toBe(store.get());
    expect(first).toHaveBeenCalledOnce();
  });

  it('informs its subscribers of changes, and of nothing else', () => {
    const store = createStore(() => 1);
    const listener = vi.fn();
    const stop = store.subscribe(listener);
    store.get();
    store.set(1);
    expect(listener).not.toHaveBeenCalled();
    store.set(2);
    expect(listener).toHaveBeenCalledOnce();
    stop();
    store.set(3);
    expect(listener).toHaveBeenCalledOnce();
  });

  it('follows other sources while somebody is subscribed', () => {
    const unfollow = vi.fn();
    const follow = vi.fn((store: Store<number>) => {
      store.set(2);
      return unfollow;
    });
    const store = createStore(() => 1, follow);
    expect(store.get()).toBe(1);
    const stops = [store.subscribe(() => {}), store.subscribe(() => {})];
    expect(store.get()).toBe(2);
    expect(follow).toHaveBeenCalledOnce();
    stops[0]?.();
    stops[0]?.();
    expect(unfollow).not.toHaveBeenCalled();
    stops[1]?.();
    expect(unfollow).toHaveBeenCalledOnce();
  });
});
