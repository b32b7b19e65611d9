import type { Post } from '@kumiko/api-client';
import { describe, expect, it } from 'vitest';
import { hasArrived, merge, noChanges, part, withNames, withoutPost, withPost, type Changes } from './merge';

function post(id: number, more: Partial<Post> = {}): Post {
  return { id, content: `text ${id}`, user_id: 1, username: 'hanako', created_at: time(0), updated_at: time(0), ...more };
}

function time(second: number): string {
  return new Date(Date.UTC(2026, 10, 27, 12, 0, second)).toISOString();
}

function page(ids: number[], next: string | null = null) {
  return { items: ids.map((id) => post(id)), next_cursor: next };
}

function ids(posts: readonly Post[]): number[] {
  return posts.map(({ id }) => id);
}

const all = () => true;

describe('a list', () => {
  it('is the pages, newest first', () => {
    expect(ids(merge([page([9, 8], 'a'), page([7, 6])], noChanges, all))).toEqual([9, 8, 7, 6]);
  });

  it('holds a post once, wherever it came from', () => {
    const changes = withPost(withPost(noChanges, post(9)), post(10));
    expect(ids(merge([page([10, 9, 8], 'a'), page([8, 7])], changes, all))).toEqual([10, 9, 8, 7]);
  });

  it('takes a new post that it was not read with', () => {
    expect(ids(merge([page([9, 8], 'a')], withPost(noChanges, post(11)), all))).toEqual([11, 9, 8]);
    expect(ids(merge([page([])], withPost(noChanges, post(1)), all))).toEqual([1]);
  });

  it('takes none that belongs elsewhere, or further down than it was read', () => {
    const changes = withPost(withPost(noChanges, post(11, { user_id: 2 })), post(3));
    expect(ids(merge([page([9, 8], 'a')], changes, ({ user_id }) => user_id === 1))).toEqual([9, 8]);
    expect(ids(merge([page([9, 8])], changes, ({ user_id }) => user_id === 1))).toEqual([9, 8, 3]);
  });

  it('is empty until it was read', () => {
    expect(merge([], withPost(noChanges, post(1)), all)).toEqual([]);
  });

  it('shows the newer version of two, whichever came first', () => {
    const edited = post(8, { content: 'edited', updated_at: time(5) });
    expect(merge([page([8])], withPost(noChanges, edited), all)[0]?.content).toBe('edited');
    expect(merge([{ items: [edited], next_cursor: null }], withPost(noChanges, post(8)), all)[0]?.content).toBe('edited');
    expect(merge([page([8])], withPost(withPost(noChanges, edited), post(8)), all)[0]?.content).toBe('edited');
  });

  it('leaves out what was deleted, even if it is reported again', () => {
    const changes = withPost(withoutPost(noChanges, 8), post(8));
    expect(ids(merge([page([9, 8])], changes, all))).toEqual([9]);
  });

  it('leaves out what is about to be deleted, and has it back', () => {
    expect(ids(merge([page([9, 8])], { ...noChanges, hidden: new Set([9]) }, all))).toEqual([8]);
    expect(ids(merge([page([9, 8])], noChanges, all))).toEqual([9, 8]);
  });

  it('shows a text that is on its way', () => {
    expect(merge([page([8])], { ...noChanges, saving: new Map([[8, 'mine']]) }, all)[0]?.content).toBe('mine');
  });

  it('calls an author by the latest name, on every post', () => {
    const changes = withPost(noChanges, post(11, { username: 'hana' }));
    expect(merge([page([9, 8])], changes, all).map(({ username }) => username)).toEqual(['hana', 'hana', 'hana']);
    const left = withNames(changes, [{ user_id: post(9).user_id, username: null }]);
    expect(merge([page([9])], left, all).map(({ username }) => username)).toEqual([null, null]);
  });

  it('keeps posts that did not change the same', () => {
    const pages = [page([9, 8])];
    const before = merge(pages, noChanges, all);
    const after = merge(pages, withPost(noChanges, post(10)), all);
    expect(after[1]).toBe(before[0]);
  });

  it('comes out the same in any order of events', () => {
    const events: ((changes: Changes) => Changes)[] = [
      (changes) => withPost(changes, post(10)),
      (changes) => withPost(changes, post(10, { content: 'edited', updated_at: time(3) })),
      (changes) => withPost(changes, post(11)),
      (changes) => withoutPost(changes, 11),
      (changes) => withoutPost(changes, 9),
    ];
    const results = new Set(
      permutations(events).map((order) => {
        const changes = order.reduce((sum, event) => event(sum), noChanges);
        return JSON.stringify(merge([page([9, 8])], changes, all).map(({ id, content }) => [id, content]));
      }),
    );
    expect([...results]).toEqual([
      JSON.stringify([
        [10, 'edited'],
        [8, 'text 8'],
      ]),
    ]);
  });
});

describe('new posts', () => {
  it('of others wait, own ones do not', () => {
    const { shown, waiting } = part([post(12, { user_id: 2 }), post(11), post(10, { user_id: 2 }), post(9, { user_id: 2 })], 9, 1);
    expect(ids(shown)).toEqual([11, 9]);
    expect(ids(waiting)).toEqual([12, 10]);
  });
});

describe('a post that is being sent', () => {
  const sent = { userId: 1, content: ' text 9\n', createdAt: time(0) };

  it('has arrived when the stream reports it before its answer comes', () => {
    expect(hasArrived(sent, [post(10), post(9)])).toBe(true);
  });

  it('is not an older one of the same words, nor somebody else’s', () => {
    expect(hasArrived({ ...sent, createdAt: time(3_600) }, [post(9)])).toBe(false);
    expect(hasArrived(sent, [post(9, { user_id: 2 })])).toBe(false);
    expect(hasArrived(sent, [post(10)])).toBe(false);
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  return items.length === 0 ? [[]] : items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}
