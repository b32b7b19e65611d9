/** A short message to show. */
export interface Toast {
  message: string;
  /** An action, such as undoing. */
  action?: { label: string; onSelect: () => void };
  /** Milliseconds until it disappears by itself. It stays while the pointer or the focus is on it. */
  duration?: number;
  /** Called once when it is gone, after the action if that was chosen. */
  onClose?: () => void;
}

/** A message on the page. */
export interface ShownToast extends Toast {
  id: number;
}
