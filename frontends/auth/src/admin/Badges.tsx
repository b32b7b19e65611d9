'use client';

import { useTexts } from '@kumiko/ui';
import type { ManagedUser } from '@kumiko/api-client';
import { activityMessages } from '../activity/messages';
import { adminMessages } from './messages';

/** The role of an account, unless it is a member, and whether it is disabled. */
export function Badges({ user }: { user: ManagedUser }) {
  const texts = useTexts(adminMessages);
  const { roles } = useTexts(activityMessages);
  return (
    <>
      {user.role !== 'member' && (
        <span className="rounded-full bg-accent-soft px-2.5 py-0.5 text-xs font-medium text-accent">{roles[user.role] ?? user.role}</span>
      )}
      {user.disabled && <span className="rounded-full bg-danger-soft px-2.5 py-0.5 text-xs font-medium text-danger">{texts.disabled}</span>}
    </>
  );
}
