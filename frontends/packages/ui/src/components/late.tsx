'use client';

import { Component, createElement, lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import { useSharedTexts } from '../language';
import { useToast } from './Toasts';

interface LateProps {
  /** Shown until the part has loaded. */
  meanwhile?: ReactNode;
  /**
   * Called after the person has been told that the part can't be loaded. Stop showing it: it is loaded again when it is next shown. Leave
   * this out for a part that nobody asked for, which is loaded again once there is a network.
   */
  onFailed?: () => void;
}

/** The code of a part failed to load, in contrast to a failure of the part itself. */
class NotLoaded extends Error {}

/**
 * A component whose code is loaded when it is first shown. If that fails, the page stays as it is. No other file may use React's `lazy`,
 * whose failures replace the page.
 */
export function late<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): ComponentType<P & LateProps> {
  function make(): ComponentType<P> {
    return lazy(() =>
      load().catch((cause: unknown) => {
        throw new NotLoaded('A part of the page could not be loaded.', { cause });
      }),
    );
  }
  let part = make();
  // React keeps the failure of a lazy component forever.
  function renew(): void {
    part = make();
  }
  function Part(props: P) {
    return createElement(part, props);
  }

  return function Late(props: P & LateProps) {
    const { meanwhile, onFailed } = props;
    const texts = useSharedTexts();
    const toast = useToast();

    function tell(): void {
      renew();
      if (navigator.onLine) {
        // A part of a version that is no longer served never loads in an open page. Drafts survive the reload.
        toast({ message: texts.notLoaded, action: { label: texts.reload, onSelect: () => window.location.reload() } });
      } else if (onFailed !== undefined) {
        toast({ message: texts.notOffline });
      }
      onFailed?.();
    }

    return (
      <Boundary meanwhile={meanwhile} onNotLoaded={tell}>
        <Suspense fallback={meanwhile}>
          <Part {...props} />
        </Suspense>
      </Boundary>
    );
  };
}

class Boundary extends Component<{ meanwhile: ReactNode; onNotLoaded: () => void; children: ReactNode }, { error: Error | null }> {
  override state = { error: null as Error | null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override componentDidCatch(error: Error): void {
    if (error instanceof NotLoaded) {
      window.addEventListener('online', this.tryAgain, { once: true });
      this.props.onNotLoaded();
    }
  }

  override componentWillUnmount(): void {
    window.removeEventListener('online', this.tryAgain);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) {
      return this.props.children;
    }
    if (!(error instanceof NotLoaded)) {
      throw error;
    }
    return this.props.meanwhile;
  }

  private readonly tryAgain = (): void => this.setState({ error: null });
}
