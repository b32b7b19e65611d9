import { ProblemError } from '@kumiko/api-client';

/** Whether the account is disabled. The server says so only to somebody who has proved whose it is. */
export function isDisabled(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.type?.endsWith('/account-disabled') === true;
}
