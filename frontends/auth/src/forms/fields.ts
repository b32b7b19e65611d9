'use client';

import { takeEarlyPress, useTexts } from '@kumiko/ui';
import { useCallback, useEffect, useState, type FocusEvent } from 'react';
import { flushSync } from 'react-dom';
import { messages } from '../messages';
import type { FieldProblem, Rule } from './rules';

export interface BoundField {
  name: string;
  value: string;
  error: string | undefined;
  onChange: (event: { currentTarget: { value: string } }) => void;
  onBlur: (event: FocusEvent<HTMLInputElement>) => void;
}

export interface Fields<Name extends string> {
  /** The `ref` of the form around the fields. Takes over what was entered before the scripts ran. */
  hydrate: (form: HTMLFormElement | null) => void;
  /** The values of the fields. Addresses and names are trimmed. */
  values: Record<Name, string>;
  isChanged: boolean;
  bind: (name: Name) => BoundField;
  /** What is wrong with a field, if it is shown yet. */
  problemOf: (name: Name) => FieldProblem | undefined;
  /** Checks all fields before they are sent. If one is wrong, shows all problems and focuses the first. */
  check: (form: HTMLFormElement) => boolean;
  /** Shows the problems that the server found, and focuses the first. */
  reject: (form: HTMLFormElement, problems: Partial<Record<Name, FieldProblem>>) => void;
  /** Clears the fields. */
  reset: () => void;
}

/**
 * The fields of a form: their values and problems. A problem shows once the person leaves the field, not during typing, and disappears as
 * soon as it is fixed.
 *
 * @param initial The values before anything is typed.
 * @param rules The rule of each field, in the order on the page.
 */
export function useFields<Name extends string>(initial: Record<Name, string>, rules: Record<Name, Rule>): Fields<Name> {
  const texts = useTexts(messages);
  const [typed, setTyped] = useState<Partial<Record<Name, string>>>({});
  const [left, setLeft] = useState<Partial<Record<Name, boolean>>>({});
  const [rejected, setRejected] = useState<Partial<Record<Name, FieldProblem>>>({});
  const [isChecked, setChecked] = useState(false);

  const [pressed, setPressed] = useState<HTMLFormElement | null>(null);
  const names = Object.keys(rules) as Name[];

  // The person may already have typed or pressed the button, or the browser may have filled in the form.
  const hydrate = useCallback((form: HTMLFormElement | null) => {
    if (form === null) {
      return;
    }
    const inputs = [...form.elements].filter((element) => element instanceof HTMLInputElement);
    const held = inputs.filter(({ name, value }) => name in rules && value !== initial[name as Name]);
    setTyped(Object.fromEntries(held.map(({ name, value }) => [name, value])) as Partial<Record<Name, string>>);
    if (takeEarlyPress(form)) {
      setPressed(form);
    }
    // The rules are new with each rendering, and a ref that changed with them would be called each time.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- Once, during hydration.
  }, []);
  useEffect(() => pressed?.requestSubmit(), [pressed]);
  const values = Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, string>;

  function valueOf(name: Name): string {
    const value = typed[name] ?? initial[name];
    // White space is part of a password, but a typing mistake elsewhere.
    return /password/i.test(name) ? value : value.trim();
  }

  function problemOf(name: Name): FieldProblem | undefined {
    const isDue = isChecked || (left[name] === true && values[name] !== '');
    return rejected[name] ?? (isDue ? rules[name](values[name]) : undefined);
  }

  return {
    hydrate,
    values,
    problemOf,
    isChanged: names.some((name) => values[name] !== initial[name]),
    bind: (name) => {
      const problem = problemOf(name);
      return {
        name,
        value: typed[name] ?? initial[name],
        error: problem === undefined ? undefined : texts.problems[problem],
        onChange: (event) => {
          const { value } = event.currentTarget;
          setTyped((others) => ({ ...others, [name]: value }));
          // A problem that the server reports for one field may be fixed in another.
          setRejected({});
        },
        onBlur: (event) => {
          // A message that moves the button during the click would swallow the click, and the button checks the field anyway.
          if (!(event.relatedTarget instanceof HTMLButtonElement) || event.relatedTarget.type !== 'submit') {
            setLeft((others) => ({ ...others, [name]: true }));
          }
        },
      };
    },
    check: (form) => {
      const wrong = names.find((name) => (rejected[name] ?? rules[name](values[name])) !== undefined);
      if (wrong === undefined) {
        return true;
      }
      flushSync(() => setChecked(true));
      focusField(form, wrong);
      return false;
    },
    reject: (form, problems) => {
      flushSync(() => setRejected(problems));
      const wrong = names.find((name) => problems[name] !== undefined);
      if (wrong !== undefined) {
        focusField(form, wrong);
      }
    },
    reset: () => {
      setTyped({});
      setLeft({});
      setRejected({});
      setChecked(false);
    },
  };
}

/** Focuses a field of a form and selects its text. */
export function focusField(form: HTMLFormElement, name: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) {
    field.focus();
    field.select();
  }
}
