'use client';

import { Component, createElement, lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import { useSharedTexts } from '../language';
import { useToast } from './Toasts';

// React keeps the failure of a lazy component forever.
const renewals = new Set<() => void>();

/** As `lazy`, but a component that failed to load without a network ({@link LatePart}) is loaded again when it is next needed. */
export function lazyAgain<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): ComponentType<P> {
  function make(): ComponentType<P> {
    return lazy(() =>
      load().catch((error: unknown) => {
        renewals.add(() => (part = make()));
        throw error;
      }),
    );
  }
  let part = make();
  return function Late(props: P) {
    return createElement(part, props);
  };
}

interface LatePartProps {
  /** Shown until the part has loaded. */
  fallback: ReactNode;
  /** The part can't be loaded without a network, and the person has been told. */
  onFailed: () => void;
  children: ReactNode;
}

/** A part of a page whose code is loaded on demand. If that fails without a network, the page stays, and the person is told why. */
export function LatePart({ fallback, onFailed, children }: LatePartProps) {
  const texts = useSharedTexts();
  const toast = useToast();

  function tell(): void {
    renewals.forEach((renew) => renew());
    renewals.clear();
    toast({ message: texts.notOffline });
    onFailed();
  }

  return (
    <Boundary fallback={fallback} onCaught={tell}>
      <Suspense fallback={fallback}>{children}</Suspense>
    </Boundary>
  );
}

class Boundary extends Component<{ fallback: ReactNode; onCaught: () => void; children: ReactNode }, { error: Error | null }> {
  override state = { error: null as Error | null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override componentDidCatch(): void {
    this.props.onCaught();
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) {
      return this.props.children;
    }
    if (navigator.onLine) {
      // The part is no longer served, or is broken: the whole page has to be reloaded.
      throw error;
    }
    return this.props.fallback;
  }
}
