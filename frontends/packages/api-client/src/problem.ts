import type { ProblemDetails } from './generated';

/**
 * An unsuccessful answer as the problem document (RFC 9457) that came with it. Status 0 means that there was no answer: the network or the
 * service is unreachable.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly status: number,
    readonly problem: Partial<ProblemDetails>,
    /** Seconds to wait before retrying, if the answer says so. */
    readonly retryAfter: number | null = null,
    options?: ErrorOptions,
  ) {
    super(problem.detail ?? problem.title ?? `The request failed (${status}).`, options);
  }

  /** The messages about each field, by its name in the request. */
  get errors(): Record<string, string[]> {
    return this.problem.errors ?? {};
  }

  /**
   * What a page can do about it, if the answer says so: ask for the second factor, for a passkey, for a proof that it is still the same
   * person, for a proof that the person reads the mails to the account's address, or for setting up a second factor.
   */
  get need(): 'second-factor' | 'second-factor-setup' | 'passkey' | 'recent-sign-in' | 'verified-email' | null {
    const type = this.problem.type ?? '';
    if (type.endsWith('/second-factor-required')) {
      return 'second-factor';
    }
    if (type.endsWith('/second-factor-setup-required')) {
      return 'second-factor-setup';
    }
    if (type.endsWith('/passkey-required')) {
      return 'passkey';
    }
    if (type.endsWith('/email-verification-required')) {
      return 'verified-email';
    }
    return type.endsWith('/recent-sign-in-required') ? 'recent-sign-in' : null;
  }

  /** The id by which the operator finds the request. */
  get traceId(): string | null {
    return this.problem.trace_id ?? null;
  }

  /** Whether the same request may succeed later. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  static async from(response: Response): Promise<ProblemError> {
    const retryAfter = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
    let problem: Partial<ProblemDetails> = {};
    if (response.headers.get('Content-Type')?.includes('json')) {
      problem = (await response.json().catch(() => ({}))) as Partial<ProblemDetails>;
    }
    return new ProblemError(response.status, problem, Number.isNaN(retryAfter) ? null : retryAfter);
  }
}

/** For TanStack Query's `retry`: a rejected request would be rejected again, but an unreachable server may recover. */
export function retryPassing(failures: number, error: Error): boolean {
  return failures < 2 && error instanceof ProblemError && error.isPassing;
}

/** For the `retry` of a change: once if the server answered. Without a network, the person retries. */
export function retryAnswered(failures: number, error: Error): boolean {
  return failures < 1 && error instanceof ProblemError && error.isPassing && error.status !== 0;
}
