import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Component, useState, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { late } from './late';
import { Toasts } from './Toasts';

let isOnline: boolean;

class Page extends Component<{ children: ReactNode }, { isGone: boolean }> {
  override state = { isGone: false };

  static getDerivedStateFromError(): { isGone: boolean } {
    return { isGone: true };
  }

  override render(): ReactNode {
    return this.state.isGone ? 'The page is gone.' : this.props.children;
  }
}

function Menu(): ReactNode {
  return 'The menu is open.';
}

function show(children: ReactNode): void {
  render(
    <Page>
      <Toasts>
        The page is here.
        {children}
      </Toasts>
    </Page>,
  );
}

function Opener({ load }: { load: Parameters<typeof late>[0] }) {
  const [Part] = useState(() => late(load));
  const [isWanted, setWanted] = useState(false);
  return (
    <>
      <button onClick={() => setWanted(true)}>Open</button>
      {isWanted && <Part onFailed={() => setWanted(false)} />}
    </>
  );
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(navigator, 'onLine', 'get').mockImplementation(() => isOnline);
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('a late part', () => {
  it.each([
    [true, "That couldn't be loaded."],
    [false, 'That needs a connection'],
  ])('that fails to load (online: %s) leaves the page, and loads when it is next wanted', async (online, message) => {
    isOnline = online;
    const load = vi.fn().mockRejectedValueOnce(new Error('No.')).mockResolvedValue({ default: Menu });
    show(<Opener load={load} />);
    const user = userEvent.setup({ delay: null });
    await user.click(screen.getByText('Open'));
    await screen.findByText(message, { exact: false });
    expect(screen.getByText('The page is here.', { exact: false })).toBeTruthy();

    await user.click(screen.getByText('Open'));
    await screen.findByText('The menu is open.', { exact: false });
  });

  it('that nobody asked for is loaded once there is a network', async () => {
    isOnline = false;
    const load = vi.fn().mockRejectedValueOnce(new Error('No.')).mockResolvedValue({ default: Menu });
    const Part = late(load);
    show(<Part meanwhile="It will be here." />);
    // React reports what a boundary has caught.
    await waitFor(() => expect(console.error).toHaveBeenCalled());
    expect(screen.getByText('It will be here.', { exact: false })).toBeTruthy();
    expect(screen.queryByText('That needs a connection', { exact: false })).toBeNull();

    window.dispatchEvent(new Event('online'));
    await screen.findByText('The menu is open.', { exact: false });
  });

  it('that is broken is not taken for one that failed to load', async () => {
    isOnline = false;
    const Part = late(() =>
      Promise.resolve({
        default: () => {
          throw new Error('A mistake.');
        },
      }),
    );
    show(<Part />);
    await screen.findByText('The page is gone.');
  });
});
