import { beforeEach, describe, expect, it } from 'vitest';
import { BrowserStorage, localStore, parseJson } from './storage';

function fail(): never {
  throw new DOMException('', 'QuotaExceededError');
}

beforeEach(() => localStorage.clear());

describe('the storage of a browser', () => {
  it('keeps and removes texts', () => {
    localStore.set('a', 'text');
    expect(localStore.get('a')).toBe('text');
    expect(localStore.keys()).toEqual(['a']);
    localStore.set('a', null);
    expect(localStore.get('a')).toBeNull();
    expect(localStore.isForbidden).toBe(false);
  });

  it('that is full still has what it had', () => {
    const full = new BrowserStorage(() => ({ getItem: () => 'before', setItem: fail, removeItem: () => {} }));
    full.set('a', 'more');
    expect(full.get('a')).toBe('before');
    expect(full.isForbidden).toBe(false);
  });

  it('that is forbidden is empty', () => {
    const forbidden = new BrowserStorage(fail);
    forbidden.set('a', 'text');
    expect(forbidden.get('a')).toBeNull();
    expect(forbidden.keys()).toEqual([]);
    expect(forbidden.isForbidden).toBe(true);
  });
});

it.each([null, '', '{oops'])('%j is not JSON', (text) => {
  expect(parseJson(text)).toBeNull();
});
