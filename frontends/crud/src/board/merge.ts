import type { Post } from '@kumiko/api-client';

/**
 * What is known of posts besides the lists that were read: reports from the stream, this person's own posts, and what is being sent. It is
 * applied to the lists, in whatever order everything arrives.
 */
export interface Changes {
  /** The newest known version of each post. */
  readonly known: ReadonlyMap<number, Post>;
  /** The posts that were deleted. Ids are never used again. */
  readonly gone: ReadonlySet<number>;
  /** The latest known name of each author. */
  readonly names: ReadonlyMap<number, string | null>;
  /** The posts that are hidden until their deletion is sent. */
  readonly hidden: ReadonlySet<number>;
  /** New texts that are being saved. */
  readonly saving: ReadonlyMap<number, string>;
}

export const noChanges: Changes = { known: new Map(), gone: new Set(), names: new Map(), hidden: new Set(), saving: new Map() };

/** Records a post, unless a newer version is known. */
export function withPost(changes: Changes, post: Post): Changes {
  const known = changes.known.get(post.id);
  return {
    ...withNames(changes, [post]),
    known: known !== undefined && known.updated_at > post.updated_at ? changes.known : new Map(changes.known).set(post.id, post),
  };
}

/** A source of an author's name: a post, or the report of a new name. */
export type Named = Pick<Post, 'user_id' | 'username'>;

/** Records the current names of some authors. */
export function withNames(changes: Changes, named: readonly Named[]): Changes {
  const renamed = named.filter(({ user_id, username }) => changes.names.get(user_id) !== username);
  if (renamed.length === 0) {
    return changes;
  }
  const names = new Map(changes.names);
  for (const { user_id, username } of renamed) {
    names.set(user_id, username);
  }
  return { ...changes, names };
}

/** Records that a post was deleted. */
export function withoutPost(changes: Changes, id: number): Changes {
  const known = new Map(changes.known);
  known.delete(id);
  return { ...changes, known, gone: new Set(changes.gone).add(id) };
}

/** The current state of a post; null once it is deleted. */
export function current(post: Post, changes: Changes): Post | null {
  if (changes.gone.has(post.id) || changes.hidden.has(post.id)) {
    return null;
  }
  const known = changes.known.get(post.id);
  const newest = known !== undefined && known.updated_at > post.updated_at ? known : post;
  const name = changes.names.get(post.user_id);
  const username = name === undefined ? newest.username : name;
  const content = changes.saving.get(post.id) ?? newest.content;
  return username === newest.username && content === newest.content ? newest : { ...newest, username, content };
}

/**
 * The current posts of a list, each once, newest first: the pages that were read, and those other posts that `belongs` accepts and that
 * fall into the part of the list that was read.
 */
export function merge(
  pages: readonly { items: readonly Post[]; next_cursor: string | null }[],
  changes: Changes,
  belongs: (post: Post) => boolean,
): Post[] {
  const posts = new Map<number, Post>();
  let lowest = Infinity;
  for (const page of pages) {
    for (const post of page.items) {
      const other = posts.get(post.id);
      if (other === undefined || other.updated_at < post.updated_at) {
        posts.set(post.id, post);
      }
      lowest = Math.min(lowest, post.id);
    }
  }
  const last = pages.at(-1);
  if (last !== undefined) {
    const isWhole = last.next_cursor === null;
    for (const post of changes.known.values()) {
      if (!posts.has(post.id) && (isWhole || post.id > lowest) && belongs(post)) {
        posts.set(post.id, post);
      }
    }
  }
  return [...posts.values()].flatMap((post) => current(post, changes) ?? []).sort((a, b) => b.id - a.id);
}

/** Splits a list into posts to show and posts that wait until the person asks for them: those of others, newer than the newest shown. */
export function part(posts: readonly Post[], shownUpTo: number, ownId: number | null): { shown: Post[]; waiting: Post[] } {
  const shown: Post[] = [];
  const waiting: Post[] = [];
  for (const post of posts) {
    (post.id <= shownUpTo || post.user_id === ownId ? shown : waiting).push(post);
  }
  return { shown, waiting };
}

// The tolerated difference between this machine's clock and the server's.
const skewMs = 60_000;

/** Whether a sent text has already arrived: the stream may report a post before the answer arrives, and the answer may be lost. */
export function hasArrived(sent: { userId: number; content: string; createdAt: string }, posts: readonly Post[]): boolean {
  const content = sent.content.trim();
  const since = Date.parse(sent.createdAt) - skewMs;
  return posts.some((post) => post.user_id === sent.userId && post.content === content && Date.parse(post.created_at) >= since);
}
