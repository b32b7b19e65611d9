import { ProblemError } from '@kumiko/api-client';
import type { FieldProblem } from './rules';

/** Maps an answer to fields of this form: by its status, then by the field's name in the API. */
export type Meanings<Name extends string> = Partial<Record<number, Record<string, [Name, FieldProblem]>>>;

/** The fields that a failure is about, with the problem of each; empty if it is about none. */
export function rejectedFields<Name extends string>(error: unknown, meanings: Meanings<Name>): Partial<Record<Name, FieldProblem>> {
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
