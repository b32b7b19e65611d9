'use client';

import { draftKey, useApi } from '@kumiko/api-client';
import { createStore, localStore, tabStore, useStore } from '@kumiko/browser';
import { useEffect, useState } from 'react';
import { Draft } from './Draft';

const pauseMs = 300;

/**
 * An unfinished text that survives a reload. `place` says what it is for; set it to '' to clear it. It is deleted when the person signs
 * out.
 */
export function useDraft(userId: number, place: string, initial = ''): [string, (text: string) => void] {
  const { session } = useApi();
  const [kept] = useState(() => new Keeper(draftKey(userId, place), initial));
  useEffect(() => kept.start(), [kept]);
  useEffect(() => session.whenLeft((leaver) => leaver === userId && kept.forget()), [session, kept, userId]);
  return [useStore(kept.text, () => initial), kept.set];
}

class Keeper {
  readonly text = createStore(() => this.draft.current || this.initial);
  private readonly draft: Draft;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    key: string,
    private readonly initial: string,
  ) {
    this.draft = new Draft(key, tabStore, localStore);
  }

  readonly set = (text: string): void => {
    this.text.set(text);
    clearTimeout(this.timer);
    if (text === '') {
      this.keep();
    } else {
      this.timer = setTimeout(this.keep, pauseMs);
    }
  };

  start(): () => void {
    const hear = ({ key, oldValue, newValue }: StorageEvent): void => {
      if (this.draft.receive(key, oldValue, newValue)) {
        this.text.set('');
      }
    };
    window.addEventListener('storage', hear);
    window.addEventListener('pagehide', this.keep);
    return () => {
      window.removeEventListener('storage', hear);
      window.removeEventListener('pagehide', this.keep);
      this.keep();
    };
  }

  /** The author left. */
  forget(): void {
    clearTimeout(this.timer);
    this.draft.forget();
    this.text.set(this.initial);
  }

  private readonly keep = (): void => {
    clearTimeout(this.timer);
    const text = this.text.get();
    this.draft.save(text === this.initial ? '' : text);
  };
}
