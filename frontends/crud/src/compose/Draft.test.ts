import { BrowserStorage } from '@kumiko/browser';
import { beforeEach, describe, expect, it } from 'vitest';
import { Draft } from './Draft';

const key = 'kumiko.draft.1.board';

class Store {
  private readonly items = new Map<string, string>();
  getItem = (name: string) => this.items.get(name) ?? null;
  setItem = (name: string, value: string) => void this.items.set(name, value);
  removeItem = (name: string) => void this.items.delete(name);
}

const forbidden = new BrowserStorage(() => {
  throw new DOMException('', 'SecurityError');
});

let common: Store;

beforeEach(() => {
  common = new Store();
});

/** A tab's storage, and the draft that a page loaded in that tab finds. */
function tab() {
  const own = new Store();
  return { open: () => new Draft(key, new BrowserStorage(() => own), new BrowserStorage(() => common)) };
}

describe('a draft', () => {
  it('is there after a reload', () => {
    const { open } = tab();
    open().save('half a thought');
    expect(open().current).toBe('half a thought');
  });

  it('is there in a tab that is opened later', () => {
    tab().open().save('half a thought');
    expect(tab().open().current).toBe('half a thought');
  });

  it('is gone once it is sent', () => {
    const { open } = tab();
    const draft = open();
    draft.save('sent');
    draft.save('');
    expect(open().current).toBe('');
    expect(tab().open().current).toBe('');
    expect(common.getItem(key)).toBeNull();
  });

  it('of another tab is not written over', () => {
    const first = tab();
    const second = tab();
    const a = first.open();
    const b = second.open();
    a.save('from the first');
    b.save('from the second');
    a.save('from the first, more');
    b.save('from the second, more');
    expect(first.open().current).toBe('from the first, more');
    expect(second.open().current).toBe('from the second, more');
    expect(tab().open().current).toBe('from the first, more');
  });

  it('of another tab is not thrown away by sending', () => {
    const a = tab().open();
    const b = tab().open();
    a.save('from the first');
    b.save('from the second');
    b.save('');
    expect(tab().open().current).toBe('from the first');
  });

  it('goes when the same text was sent in another tab', () => {
    const first = tab();
    const a = first.open();
    a.save('the same');
    const b = tab().open();
    const before = common.getItem(key);
    b.save('');
    expect(a.receive(key, before, common.getItem(key))).toBe(true);
    expect(a.current).toBe('');
    expect(first.open().current).toBe('');
  });

  it('stays when another one was sent elsewhere', () => {
    const a = tab().open();
    a.save('mine');
    expect(a.receive(key, JSON.stringify({ text: 'theirs' }), null)).toBe(false);
    expect(a.receive('kumiko.draft.2.board', JSON.stringify({ text: 'mine' }), null)).toBe(false);
    expect(a.current).toBe('mine');
  });

  it('needs no storage', () => {
    const draft = new Draft('1.board', forbidden, forbidden);
    draft.save('here only');
    expect(draft.current).toBe('here only');
  });

  it('leaves nothing behind when its author leaves', () => {
    const { open } = tab();
    const draft = open();
    draft.save('half a thought');
    draft.forget();
    expect(draft.current).toBe('');
    expect(open().current).toBe('');
    expect(tab().open().current).toBe('');
  });
});
