'use client';

import { draftKey, useApi } from '@kumiko/api-client';
import { useEffect, useState, useSyncExternalStore } from 'react';
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
  return [useSyncExternalStore(kept.subscribe, kept.get, () => initial), kept.set];
}

class Keeper {
  private readonly draft: Draft;
  private text: string;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(
    key: string,
    private readonly initial: string,
  ) {
    this.draft = new Draft(key, storage('sessionStorage'), storage('localStorage'));
    this.text = this.draft.current === '' ? initial : this.draft.current;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly get = (): string => this.text;

  readonly set = (text: string): void => {
    this.show(text);
    clearTimeout(this.timer);
    if (text === '') {
      this.keep();
    } else {
      this.timer = setTimeout(this.keep, pauseMs);
    }
  };

  start(): () => void {
    const hear = ({ key, oldValue, newValue }: StorageEvent): void => {
      if (this.draft.hear(key, oldValue, newValue)) {
        this.show('');
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

  /** The author left. What is shown until the page renders again is not stored. */
  forget(): void {
    clearTimeout(this.timer);
    this.draft.forget();
    this.text = this.initial;
  }

  private readonly keep = (): void => {
    clearTimeout(this.timer);
    this.draft.save(this.text === this.initial ? '' : this.text);
  };

  private show(text: string): void {
    this.text = text;
    for (const listener of [...this.listeners]) {
      listener();
    }
  }
}

function storage(name: 'localStorage' | 'sessionStorage'): Storage | null {
  try {
    return window[name];
  } catch {
    return null;
  }
}
