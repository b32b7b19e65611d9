import { describe, expect, it, vi } from 'vitest';
import { Deletions } from './Deletions';

function asked(id = 1) {
  const deletions = new Deletions();
  const send = vi.fn();
  const undo = vi.fn();
  deletions.add(id, send, undo);
  return { deletions, send, undo };
}

describe('a deletion', () => {
  it('is sent once', () => {
    const { deletions, send } = asked();
    deletions.send(1);
    deletions.send(1);
    deletions.sendAll();
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('is not sent after it was undone', () => {
    const { deletions, send, undo } = asked();
    deletions.undo(1);
    deletions.send(1);
    expect(send).not.toHaveBeenCalled();
    expect(undo).toHaveBeenCalledTimes(1);
  });

  it('is not undone after it was sent', () => {
    const { deletions, undo } = asked();
    deletions.sendAll();
    deletions.undo(1);
    expect(undo).not.toHaveBeenCalled();
    expect(deletions.undoLast()).toBe(false);
  });

  it('is the last of several to be undone', () => {
    const { deletions, undo } = asked(1);
    const second = vi.fn();
    deletions.add(2, vi.fn(), second);
    deletions.undoLast();
    expect(second).toHaveBeenCalledTimes(1);
    expect(undo).not.toHaveBeenCalled();
  });
});
