'use client';

import { ProblemError, useApi, type ManagedUser } from '@kumiko/api-client';
import { useToast } from '@kumiko/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useStepUp } from '../account/StepUp';
import { useSubmission } from '../forms/submission';

/** Changes an account, unless somebody else has changed it since this page showed it. */
export function useUpdateUser(user: ManagedUser, done: string) {
  const { administration } = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const withProof = useStepUp();
  return useSubmission({
    mutationFn: async (change: { role?: ManagedUser['role']; disabled?: boolean; reason?: string }) => {
      // The generated client doesn't show the answer's tag, so what the page shows is compared instead.
      const now = await administration.getManagedUser(user.id, undefined);
      if (now.updated_at !== user.updated_at) {
        client.setQueryData(['person', user.id], now);
        throw new ProblemError(412, {});
      }
      return withProof(() => administration.updateUser(user.id, change));
    },
    onSuccess: (changed) => {
      client.setQueryData(['person', user.id], changed);
      void client.invalidateQueries({ queryKey: ['people'] });
      void client.invalidateQueries({ queryKey: ['audit'] });
      toast({ message: done });
    },
  });
}
