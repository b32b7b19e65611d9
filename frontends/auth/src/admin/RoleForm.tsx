'use client';

import type { ManagedUser } from '@kumiko/api-client';
import { Button, TextField, useTexts } from '@kumiko/ui';
import { useState, type SubmitEvent } from 'react';
import { activityMessages } from '../activity/messages';
import { FormProblem } from '../forms/FormProblem';
import { adminMessages } from './messages';
import { SelectField } from './SelectField';
import { useUpdateUser } from './useUpdateUser';

const order = ['member', 'moderator', 'admin'] as const;

/** Changes the role of an account. */
export function RoleForm({ user }: { user: ManagedUser }) {
  const texts = useTexts(adminMessages);
  const { roles } = useTexts(activityMessages);
  const [role, setRole] = useState(user.role);
  const [reason, setReason] = useState('');
  const change = useUpdateUser(user, texts.roleSaved);

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (role !== user.role) {
      change.mutate({ role, ...(reason.trim() !== '' && { reason: reason.trim() }) });
    }
  }

  return (
    <form method="post" onSubmit={submit} className="flex max-w-xl flex-col gap-5">
      <FormProblem error={change.error} meanings={{ 409: texts.conflict, 412: texts.stale }} />
      <SelectField
        label={texts.role}
        value={role}
        onChange={setRole}
        choices={order.map((value) => ({ value, label: roles[value] ?? value }))}
        className="max-w-64"
      />
      <TextField
        label={texts.reason}
        hint={texts.reasonHint}
        name="reason"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div>
        <Button kind="primary" type="submit" busy={change.isPending} disabled={role === user.role}>
          {texts.saveRole}
        </Button>
      </div>
    </form>
  );
}
