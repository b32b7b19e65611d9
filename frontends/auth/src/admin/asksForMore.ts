import { ProblemError } from '@kumiko/api-client';

/** Whether the API demands more of an admin than the sign-in: a second factor, or that it is used. */
export function asksForMore(error: Error | null): error is ProblemError {
  return error instanceof ProblemError && (error.need === 'second-factor-setup' || error.need === 'recent-sign-in');
}
