import { ProblemError } from '@kumiko/api-client';
import type { FieldProblem } from './rules';

/** What an answer means for a field of ours: by its status, then by the name of the field in the API. */
export type Meanings<Name extends string> = Partial<Record<number, Record<string, [Name, FieldProblem]>>>;

/** Which fields a failure is about, and what is wrong with each; empty when it is about none. */
export function refusedFields<Name extends string>(error: unknown, meanings: Meanings<Name>): Partial<Record<Name, FieldProblem>> {
  const problems: Partial<Record<Name, FieldProblem>> = {};
  if (error instanceof ProblemError) {
    for (const field of Object.keys(error.errors)) {
      const meaning = meanings[error.status]?.[field];
      if (meaning !== undefined) {
        problems[meaning[0]] = meaning[1];
      }
    }
  }
  return problems;
}

export function hasAny(problems: object): boolean {
  return Object.keys(problems).length > 0;
}
