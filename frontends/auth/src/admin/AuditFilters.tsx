'use client';

import { Button, TextField, useTexts } from '@kumiko/ui';
import { useState, type SubmitEvent } from 'react';
import { activityMessages } from '../activity/messages';
import { adminMessages } from './messages';
import { SelectField } from './SelectField';

export type Filters = Record<'actor' | 'subject' | 'action' | 'from' | 'to', string>;

const none: Filters = { actor: '', subject: '', action: '', from: '', to: '' };

/** Which entries the page shows. */
export function AuditFilters({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }) {
  const texts = useTexts(adminMessages);
  const { actions } = useTexts(activityMessages);
  const [typed, setTyped] = useState(filters);

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    onChange(typed);
  }

  function bind(name: keyof Filters) {
    return {
      name,
      value: typed[name],
      onChange: (event: { currentTarget: HTMLInputElement }) => {
        const { value } = event.currentTarget;
        setTyped((others) => ({ ...others, [name]: value }));
      },
    };
  }

  return (
    <form role="search" onSubmit={submit} className="grid grid-cols-2 items-end gap-4 lg:grid-cols-5">
      <SelectField
        label={texts.action}
        value={typed.action}
        onChange={(action) => setTyped((others) => ({ ...others, action }))}
        choices={[{ value: '', label: texts.anyAction }, ...Object.entries(actions).map(([value, label]) => ({ value, label }))]}
        className="col-span-2 lg:col-span-1"
      />
      <TextField {...bind('actor')} label={texts.actor} inputMode="numeric" pattern="[1-9][0-9]{0,15}" autoComplete="off" />
      <TextField {...bind('subject')} label={texts.subject} inputMode="numeric" pattern="[1-9][0-9]{0,15}" autoComplete="off" />
      <TextField {...bind('from')} label={texts.from} type="date" />
      <TextField {...bind('to')} label={texts.to} type="date" />
      <div className="col-span-2 flex flex-wrap gap-3 lg:col-span-5">
        <Button kind="primary" type="submit">
          {texts.apply}
        </Button>
        <Button
          kind="quiet"
          onClick={() => {
            setTyped(none);
            onChange(none);
          }}
        >
          {texts.clear}
        </Button>
      </div>
    </form>
  );
}
