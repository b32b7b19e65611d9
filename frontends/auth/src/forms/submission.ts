'use client';

import { useMutation, type MutateOptions, type UseMutationOptions, type UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';

/** A mutation that ignores a second press until the first has finished. A rendered state would come too late for a quick double click. */
export function useSubmission<Answer, Values, Before = unknown>(
  options: UseMutationOptions<Answer, Error, Values, Before>,
): UseMutationResult<Answer, Error, Values, Before> {
  const mutation = useMutation(options);
  const isUnderWay = useRef(false);

  function mutate(values: Values, callbacks?: MutateOptions<Answer, Error, Values, Before>): void {
    if (isUnderWay.current) {
      return;
    }
    isUnderWay.current = true;
    mutation.mutate(values, {
      ...callbacks,
      onSettled: (...outcome) => {
        isUnderWay.current = false;
        return callbacks?.onSettled?.(...outcome);
      },
    });
  }

  return { ...mutation, mutate } as UseMutationResult<Answer, Error, Values, Before>;
}
