'use client';

import { Component, createElement, lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import { useSharedTexts } from '../language';
import { useToast } from './Toasts';

// React keeps the failure of a lazy component for ever.
const renewals = new Set<() => void>();

/** As `lazy`, but where it failed for want of a network ({@link LatePart}), it is loaded again when it is wanted again. */
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
  /** Stands in its place until it is there. */
  fallback: ReactNode;
  /** It cannot be had without a network, which was said. */
  onFailed: () => void;
  children: ReactNode;
}

/** A part of a page whose code is loaded when it is wanted. Where that fails for want of a network, the page stands, and the person is told why. */
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
      // It is served no more, or is wrong: the whole page has to be loaded anew.
      throw error;
    }
    return this.props.fallback;
  }
}
