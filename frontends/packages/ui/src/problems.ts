'use client';

import { ProblemError } from '@kumiko/api-client';
import type { Messages } from './messages';

/** The text about a failure, in the language of the page. */
export function describeProblem(error: unknown, texts: Messages): string {
  if (!(error instanceof ProblemError)) {
    return texts.unexpected;
  }
  if (error.need === 'verified-email') {
    return texts.unverified;
  }
  switch (error.status) {
    case 0:
    case 502:
    case 503:
    case 504:
      return texts.away;
    case 401:
      return texts.signedOut;
    case 403:
      return texts.forbidden;
    case 404:
      return texts.missing;
    case 429:
      return texts.busy;
    default:
      return error.status >= 500 ? texts.unexpected : error.message;
  }
}
