import type { ProblemDetails } from './generated';

/**
 * Every answer that is no success, as the problem document (RFC 9457) that came with it. Status 0 means that no answer came at all:
 * the network or the service is away.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly status: number,
    readonly problem: Partial<ProblemDetails>,
    /** Seconds after which to try again, where the answer says so. */
    readonly retryAfter: number | null = null,
    options?: ErrorOptions,
  ) {
    super(problem.detail ?? problem.title ?? `The request failed (${status}).`, options);
  }

  /** The messages about each field, by its name in the request. */
  get errors(): Record<string, string[]> {
    return this.problem.errors ?? {};
  }

  /** Under what the operator finds the request. */
  get traceId(): string | null {
    return this.problem.trace_id ?? null;
  }

  /** Whether the same request may well succeed later. */
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

/** For TanStack Query's `retry`: what the server refuses it refuses again; what is away may come back. */
export function retryPassing(failures: number, error: Error): boolean {
  return failures < 2 && error instanceof ProblemError && error.isPassing;
}
