import { ProblemError } from '@kumiko/api-client';
import { BrowserStorage, localStore } from '@kumiko/browser';
import { beforeEach, describe, expect, it } from 'vitest';
import { Outbox } from './Outbox';

beforeEach(() => localStorage.clear());

describe('a post on its way', () => {
  it('is there at once and goes when it arrived', () => {
    const outbox = new Outbox(localStore);
    const post = outbox.add(1, 'hello');
    expect(outbox.get()).toEqual([post]);
    outbox.remove(post.key);
    expect(outbox.get()).toEqual([]);
    expect(localStorage).toHaveLength(0);
  });

  it('keeps its key however often it is tried', () => {
    const outbox = new Outbox(localStore);
    const { key } = outbox.add(1, 'hello');
    outbox.fail(key, new ProblemError(503, {}));
    expect(outbox.get()[0]).toMatchObject({ key, state: 'failed' });
    outbox.resend(key);
    expect(outbox.get()[0]).toMatchObject({ key, content: 'hello', state: 'sending', error: null });
  });

  it('is still there after a reload, with the same key, to be tried again', () => {
    const { key } = new Outbox(localStore).add(1, 'hello');
    expect(new Outbox(localStore).get()).toMatchObject([{ key, userId: 1, content: 'hello', state: 'failed', error: null }]);
  });

  it('comes back when it was given up by mistake', () => {
    const outbox = new Outbox(localStore);
    const post = outbox.add(1, 'hello');
    outbox.remove(post.key);
    outbox.restore(post);
    expect(outbox.get()).toEqual([post]);
    expect(new Outbox(localStore).get()).toHaveLength(1);
  });

  it('does not touch those of another tab', () => {
    const first = new Outbox(localStore);
    const second = new Outbox(localStore);
    first.get();
    second.get();
    const mine = first.add(1, 'first');
    second.add(1, 'second');
    first.remove(mine.key);
    expect(new Outbox(localStore).get().map(({ content }) => content)).toEqual(['second']);
  });

  it('is not left here once it arrived from another tab', () => {
    const first = new Outbox(localStore);
    const { key } = first.add(1, 'first');
    const second = new Outbox(localStore);
    expect(second.get()).toHaveLength(1);
    const mine = second.add(1, 'second');
    first.remove(key);
    second.receive({ key: 'kumiko.unsent' });
    expect(second.get()).toEqual([mine]);
  });

  it('needs no storage', () => {
    const outbox = new Outbox(
      new BrowserStorage(() => {
        throw new DOMException('', 'SecurityError');
      }),
    );
    outbox.add(1, 'hello');
    expect(outbox.get()).toHaveLength(1);
  });

  it('is not disturbed by what it cannot read', () => {
    localStorage.setItem('kumiko.unsent', '{oops');
    expect(new Outbox(localStore).get()).toEqual([]);
  });

  it('goes with its author, and no others do', () => {
    const outbox = new Outbox(localStore);
    outbox.add(1, 'mine');
    const other = outbox.add(2, 'of another');
    outbox.forget(1);
    expect(outbox.get()).toEqual([other]);
    expect(new Outbox(localStore).get()).toMatchObject([{ userId: 2 }]);
  });
});
