import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../problem';
import { Session } from './Session';

// The tabs of one browser share storage, channels and locks; each has its own Session.
class Channel extends EventTarget {
  static readonly open = new Set<Channel>();

  constructor() {
    super();
    Channel.open.add(this);
  }

  postMessage(data: unknown): void {
    for (const other of Channel.open) {
      if (other !== this) {
        other.dispatchEvent(new MessageEvent('message', { data: structuredClone(data) }));
      }
    }
  }
}

const user = {
  id: 1,
  email: 'hanako@example.test',
  username: 'hanako',
  email_verified: false,
  second_factor: false,
  passkeys: 0,
  pending_email: null,
  role: 'member' as const,
  created_at: '',
  updated_at: '',
};

/** A server that knows one session: its valid access token, and how often it issued a new one. */
class Server {
  good = 'token-0';
  refreshes = 0;
  /** The addresses that need no token. */
  readonly open = new Set<string>();
  refreshAnswer: () => Promise<Response> = () => {
    this.refreshes += 1;
    this.good = `token-${this.refreshes}`;
    return Promise.resolve(json(200, { access_token: this.good, token_type: 'Bearer', expires_in: 600, user }));
  };
  readonly requests: { url: string; token: string | null }[] = [];

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    await Promise.resolve();
    const token = new Headers(init.headers).get('Authorization')?.slice('Bearer '.length) ?? null;
    this.requests.push({ url, token });
    if (url.endsWith('/api/auth/refresh')) {
      return this.refreshAnswer();
    }
    if (url.endsWith('/api/auth/login')) {
      return json(200, { access_token: this.good, token_type: 'Bearer', expires_in: 600, user });
    }
    if (url.endsWith('/api/auth/me/password') && token === this.good) {
      // Every session ends, and this one continues with a new token.
      this.good = 'token-of-the-new-password';
      return json(200, { access_token: this.good, token_type: 'Bearer', expires_in: 600, user });
    }
    if (url.endsWith('/api/auth/logout')) {
      return new Response(null, { status: 204 });
    }
    return token === this.good || (token === null && this.open.has(url)) ? json(200, { url }) : problem(401);
  };

  of(path: string): number {
    return this.requests.filter((request) => request.url.endsWith(path)).length;
  }
}

function json(status: number, body: object): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}

function problem(status: number): Response {
  return new Response(JSON.stringify({ status, title: 'No' }), { status, headers: { 'Content-Type': 'application/problem+json' } });
}

let server: Server;

beforeEach(() => {
  server = new Server();
  let last: Promise<unknown> = Promise.resolve();
  vi.stubGlobal('fetch', server.fetch);
  vi.stubGlobal('BroadcastChannel', Channel);
  vi.stubGlobal('navigator', {
    locks: { request: (_: string, work: () => Promise<unknown>) => (last = last.then(work, work)) },
  });
  localStorage.clear();
  sessionStorage.clear();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  Channel.open.clear();
});

async function signedIn(): Promise<Session> {
  const session = new Session();
  await session.start();
  await session.signIn({ email: user.email, password: 'a password' });
  return session;
}

describe('a write that needs a confirmed address', () => {
  const unverified = () =>
    new Response(JSON.stringify({ status: 403, title: 'No', type: '/email-verification-required' }), {
      status: 403,
      headers: { 'Content-Type': 'application/problem+json' },
    });

  function isConfirmed(isNow: boolean): void {
    const fetch = server.fetch;
    server.refreshAnswer = () => {
      server.refreshes += 1;
      server.good = 'token-of-a-confirmed-address';
      return Promise.resolve(
        json(200, { access_token: server.good, token_type: 'Bearer', expires_in: 600, user: { ...user, email_verified: isNow } }),
      );
    };
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const answer = await fetch(url, init);
      const isOld = new Headers(init.headers).get('Authorization') === 'Bearer token-0';
      return url.endsWith('/posts') && (isOld || !isNow) ? unverified() : answer;
    });
  }

  it('succeeds with a new token once the address was confirmed on another device', async () => {
    const session = await signedIn();
    isConfirmed(true);
    expect((await session.fetch('/api/crud/posts', { method: 'POST' })).ok).toBe(true);
    expect(server.refreshes).toBe(1);
  });

  it('is not sent again before that', async () => {
    const session = await signedIn();
    isConfirmed(false);
    await expect(session.fetch('/api/crud/posts', { method: 'POST' })).rejects.toMatchObject({ status: 403, need: 'verified-email' });
    expect(server.of('/api/crud/posts')).toBe(1);
    expect(session.getState().status).toBe('signed-in');
  });
});

describe('a visitor who never signed in', () => {
  it('is anonymous without a request', async () => {
    const session = new Session();
    await session.start();
    expect(session.getState().status).toBe('anonymous');
    expect(server.requests).toEqual([]);
  });
});

describe('somebody who comes back', () => {
  it('is signed in by the cookie', async () => {
    localStorage.setItem('kumiko.signed-in', '1');
    const session = new Session();
    await session.start();
    expect(session.getState()).toEqual({ status: 'signed-in', user });
  });

  it('is not signed out because the service is away', async () => {
    localStorage.setItem('kumiko.signed-in', '1');
    server.refreshAnswer = () => Promise.resolve(problem(503));
    const session = new Session();
    await session.start();
    expect(localStorage.getItem('kumiko.signed-in')).toBe('1');
    server.refreshAnswer = new Server().refreshAnswer.bind(server);
    server.good = 'token-1';
    await session.fetch('/api/auth/me');
    expect(session.getState().status).toBe('signed-in');
  });

  it('is not known while the network is away, and signed in once it is back', async () => {
    localStorage.setItem('kumiko.signed-in', '1');
    server.refreshAnswer = () => Promise.reject(new TypeError('offline'));
    const session = new Session();
    await session.start();
    expect(session.getState().status).toBe('loading');
    server.refreshAnswer = new Server().refreshAnswer.bind(server);
    window.dispatchEvent(new Event('online'));
    await vi.waitFor(() => expect(session.getState()).toEqual({ status: 'signed-in', user }));
  });

  it('is nobody once the session is over', async () => {
    localStorage.setItem('kumiko.signed-in', '1');
    server.refreshAnswer = () => Promise.resolve(problem(401));
    const session = new Session();
    await session.start();
    expect(session.getState().status).toBe('anonymous');
    expect(localStorage.getItem('kumiko.signed-in')).toBeNull();
  });
});

describe('a refused access token', () => {
  it('is replaced once for any number of calls', async () => {
    const session = await signedIn();
    server.good = 'changed';
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => session.fetch(`/api/things/${n}`)));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(server.refreshes).toBe(1);
  });

  it('is replaced once for all tabs', async () => {
    const first = await signedIn();
    const second = new Session();
    await second.start();
    server.good = 'changed';
    await Promise.all([first.fetch('/api/a'), second.fetch('/api/b'), first.fetch('/api/c'), second.fetch('/api/d')]);
    expect(server.refreshes).toBe(1);
  });

  it('is not tried for ever', async () => {
    const session = await signedIn();
    server.refreshAnswer = () => {
      server.refreshes += 1;
      return Promise.resolve(json(200, { access_token: 'never good', token_type: 'Bearer', expires_in: 600, user }));
    };
    server.good = 'another';
    await expect(session.fetch('/api/a')).rejects.toMatchObject({ status: 401 });
    expect(server.of('/api/a')).toBe(2);
    expect(server.refreshes).toBe(1);
  });

  it('signs out in every tab when the session was ended elsewhere', async () => {
    const first = await signedIn();
    const second = new Session();
    await second.start();
    server.good = 'changed';
    server.refreshAnswer = () => Promise.resolve(problem(401));
    await expect(first.fetch('/api/a')).rejects.toBeInstanceOf(ProblemError);
    expect(first.getState().status).toBe('anonymous');
    expect(second.getState().status).toBe('anonymous');
  });

  it('signs nobody out when the network is away', async () => {
    const session = await signedIn();
    server.good = 'changed';
    server.refreshAnswer = () => Promise.reject(new TypeError('offline'));
    await expect(session.fetch('/api/a')).rejects.toMatchObject({ status: 0 });
    expect(session.getState().status).toBe('signed-in');
  });
});

describe('while the account service is away', () => {
  beforeEach(() => {
    server.refreshAnswer = () => Promise.resolve(problem(503));
  });

  it('what anyone may read is still read, as nobody', async () => {
    const session = await signedIn();
    server.open.add('/api/crud/posts');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 700_000 });
    expect((await session.fetch('/api/crud/posts')).ok).toBe(true);
    expect(server.requests.at(-1)?.token).toBeNull();
    expect(session.getState().status).toBe('signed-in');
  });

  it('a token that is near its end, but good, is used', async () => {
    const session = await signedIn();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 580_000 });
    expect((await session.fetch('/api/a', { method: 'POST' })).ok).toBe(true);
    expect(server.requests.at(-1)?.token).toBe('token-0');
  });

  it('what needs somebody fails as away, not as signed out', async () => {
    const session = await signedIn();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 700_000 });
    await expect(session.fetch('/api/auth/me')).rejects.toMatchObject({ status: 503 });
    await expect(session.fetch('/api/crud/posts', { method: 'POST' })).rejects.toMatchObject({ status: 503 });
    expect(server.of('/api/crud/posts')).toBe(0);
    expect(session.getState().status).toBe('signed-in');
  });
});

describe('tabs', () => {
  it('hand a new one the access token', async () => {
    await signedIn();
    const second = new Session();
    await second.start();
    expect(second.getState()).toEqual({ status: 'signed-in', user });
    expect(server.refreshes).toBe(0);
  });

  it('sign in and out together', async () => {
    const first = new Session();
    const second = new Session();
    await Promise.all([first.start(), second.start()]);
    await first.signIn({ email: user.email, password: 'a password' });
    expect(second.getState().status).toBe('signed-in');
    await second.signOut();
    expect(first.getState().status).toBe('anonymous');
    expect(server.requests.at(-1)).toEqual({ url: '/api/auth/logout', token: 'token-0' });
  });

  it('show a changed name together', async () => {
    const first = await signedIn();
    const second = new Session();
    await second.start();
    first.update({ ...user, username: 'hana' });
    expect(second.getState().user?.username).toBe('hana');
  });
});

describe('signing out', () => {
  it('is done here at once, whatever the server does', async () => {
    const session = await signedIn();
    vi.stubGlobal('fetch', () => new Promise(() => {}));
    void session.signOut();
    await vi.waitFor(() => expect(session.getState().status).toBe('anonymous'));
  });

  it('needs no new access token, and is told even if the page goes', async () => {
    const session = await signedIn();
    const send = vi.fn(server.fetch);
    vi.stubGlobal('fetch', send);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 700_000 });
    await session.signOut();
    expect(send.mock.calls.map(([url, { keepalive }]) => [url, keepalive])).toEqual([['/api/auth/logout', true]]);
  });

  it('holds, though a new token was on its way', async () => {
    const session = await signedIn();
    let answer: (response: Response) => void = () => {};
    server.refreshAnswer = () => new Promise((resolve) => (answer = resolve));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 700_000 });
    const call = session.fetch('/api/a').catch(() => {});
    await vi.waitFor(() => expect(server.of('/api/auth/refresh')).toBe(1));
    const end = session.signOut();
    answer(json(200, { access_token: 'late', token_type: 'Bearer', expires_in: 600, user }));
    await Promise.all([call, end]);
    expect(session.getState().status).toBe('anonymous');
    // The cookie that came with it is removed with the session.
    expect(server.requests.map(({ url }) => url).filter((url) => url !== '/api/a')).toEqual([
      '/api/auth/login',
      '/api/auth/refresh',
      '/api/auth/logout',
    ]);
  });

  it('does not take away the cookie of who signs in next', async () => {
    const session = await signedIn();
    const answered: string[] = [];
    let goOn = (): void => {};
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      if (url.endsWith('/logout')) {
        await new Promise<void>((resolve) => (goOn = resolve));
      }
      answered.push(url);
      return server.fetch(url, init);
    });
    const end = session.signOut();
    await vi.waitFor(() => expect(session.getState().status).toBe('anonymous'));
    const begin = session.signIn({ email: user.email, password: 'a password' });
    await vi.waitFor(() => {
      goOn();
      expect(answered).not.toEqual([]);
    });
    await Promise.all([begin, end]);
    expect(answered).toEqual(['/api/auth/logout', '/api/auth/login']);
    expect(session.getState().status).toBe('signed-in');
  });

  it('comes after what was still to be sent', async () => {
    const session = await signedIn();
    session.beforeSignOut(() => session.fetch('/api/a', { method: 'DELETE' }));
    await session.signOut();
    expect(server.requests.slice(-2)).toEqual([
      { url: '/api/a', token: 'token-0' },
      { url: '/api/auth/logout', token: 'token-0' },
    ]);
  });
});

describe('where storage is forbidden', () => {
  beforeEach(() => {
    const forbidden = () => {
      throw new DOMException('Access is denied for this document.', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: forbidden, setItem: forbidden, removeItem: forbidden });
    vi.stubGlobal('BroadcastChannel', forbidden);
    vi.stubGlobal('navigator', {
      locks: { request: () => Promise.reject(new DOMException('Access to the Locks API is denied in this context.', 'SecurityError')) },
    });
    server.refreshAnswer = () => Promise.resolve(problem(401));
    server.open.add('/api/crud/posts');
  });

  it('what anyone may read is read, and the session is asked for once', async () => {
    const session = new Session();
    await session.start();
    expect((await session.fetch('/api/crud/posts')).ok).toBe(true);
    expect((await session.fetch('/api/crud/posts')).ok).toBe(true);
    expect(session.getState().status).toBe('anonymous');
    expect(server.of('/api/auth/refresh')).toBe(1);
  });

  it('a failure of what is done under the lock is that failure', async () => {
    const session = new Session();
    await session.start();
    vi.stubGlobal('fetch', () => Promise.resolve(problem(503)));
    await expect(session.signIn({ email: 'a@b.c', password: 'a password' })).rejects.toMatchObject({ status: 503 });
  });
});

describe('what is kept for a person', () => {
  beforeEach(() => {
    sessionStorage.clear();
    for (const storage of [localStorage, sessionStorage]) {
      storage.setItem('kumiko.draft.1.board', 'mine');
      storage.setItem('kumiko.draft.1.edit.7', 'mine');
      storage.setItem('kumiko.draft.11.board', 'of another');
      storage.setItem('kumiko.unsent', JSON.stringify([{ userId: 1 }, { userId: 11 }]));
      storage.setItem('kumiko.theme', 'dark');
    }
  });

  function expectGone(): void {
    for (const storage of [localStorage, sessionStorage]) {
      expect(Object.keys(storage).filter((key) => key.startsWith('kumiko.draft.'))).toEqual(['kumiko.draft.11.board']);
      expect(storage.getItem('kumiko.unsent')).toBe(JSON.stringify([{ userId: 11 }]));
      expect(storage.getItem('kumiko.theme')).toBe('dark');
    }
  }

  it('goes when they sign out', async () => {
    const session = await signedIn();
    await session.signOut();
    expectGone();
  });

  it('goes when they delete their account', async () => {
    const session = await signedIn();
    session.leave();
    expectGone();
  });

  it('is forgotten in the other tabs too, before anything shows that they left', async () => {
    const [here, there] = [await signedIn(), new Session()];
    await there.start();
    const reported: [number, string][] = [];
    there.whenLeft((id) => reported.push([id, there.getState().status]));
    await here.signOut();
    expect(reported).toEqual([[1, 'signed-in']]);
  });

  it('stays when the session ends otherwise', async () => {
    const session = await signedIn();
    const reported: number[] = [];
    session.whenLeft((id) => reported.push(id));
    server.good = 'another';
    server.refreshAnswer = () => Promise.resolve(problem(401));
    await session.fetch('/api/a').catch(() => {});
    expect(session.getState().status).toBe('anonymous');
    expect(reported).toEqual([]);
    expect(localStorage.getItem('kumiko.draft.1.board')).toBe('mine');
  });
});

describe('what was asked for on behalf of one person', () => {
  it('is not taken for the next', async () => {
    const session = await signedIn();
    session.update({ ...user, id: 2, username: 'another' });
    expect(session.getState().user).toEqual(user);
  });
});

describe('a session on a server that makes pages', () => {
  it('leaves nothing open', () => {
    new Session();
    expect(Channel.open.size).toBe(0);
  });
});

describe('an access token near its end', () => {
  it('is replaced before it is used', async () => {
    const session = await signedIn();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 580_000 });
    await session.fetch('/api/a');
    expect(server.refreshes).toBe(1);
    expect(server.of('/api/a')).toBe(1);
  });

  it('is renewed ahead of a call that cannot wait', async () => {
    const session = await signedIn();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 700_000 });
    await session.prepare();
    expect(server.refreshes).toBe(1);
  });
});

describe('a session', () => {
  it('continues with the new tokens after the password was changed, in every tab', async () => {
    const [one, other] = [new Session(), new Session()];
    await one.start();
    await one.signIn({ email: 'hanako@example.test', password: 'seven pine needles' });
    await other.start();
    await one.changePassword({ current_password: 'seven pine needles', new_password: 'eight maple leaves' });
    await one.fetch('/api/auth/me');
    await other.fetch('/api/auth/me');
    expect(server.of('/api/auth/refresh')).toBe(0);
    expect(one.getState().status).toBe('signed-in');
    expect(other.getState().status).toBe('signed-in');
  });

  it('knows that the session it had was ended elsewhere, until somebody signs in or out', async () => {
    const session = new Session();
    await session.signIn({ email: 'hanako@example.test', password: 'seven pine needles' });
    expect(session.wasEnded).toBe(false);
    server.good = 'another';
    server.refreshAnswer = () => Promise.resolve(problem(401));
    await expect(session.fetch('/api/auth/me')).rejects.toThrow();
    expect(session.wasEnded).toBe(true);
    await session.signIn({ email: 'hanako@example.test', password: 'seven pine needles' });
    expect(session.wasEnded).toBe(false);
    await session.signOut();
    expect(session.wasEnded).toBe(false);
  });
});
