import { describe, expect, it, vi } from 'vitest';
import { Deletions, type Deletion } from './Deletions';

function deletion() {
  return { send: vi.fn<Deletion['send']>(() => Promise.resolve()), undo: vi.fn<Deletion['undo']>() };
}

function asked() {
  const deletions = new Deletions();
  const one = deletion();
  deletions.add(one);
  return { deletions, one };
}

describe('a deletion', () => {
  it('is sent once', async () => {
    const { deletions, one } = asked();
    await deletions.send(one);
    await deletions.send(one);
    await deletions.sendAll();
    expect(one.send).toHaveBeenCalledTimes(1);
  });

  it('is not sent after it was undone', async () => {
    const { deletions, one } = asked();
    deletions.undo(one);
    await deletions.send(one);
    expect(one.send).not.toHaveBeenCalled();
    expect(one.undo).toHaveBeenCalledTimes(1);
  });

  it('is not undone after it was sent', async () => {
    const { deletions, one } = asked();
    await deletions.sendAll();
    deletions.undo(one);
    expect(one.undo).not.toHaveBeenCalled();
    expect(deletions.undoLast()).toBe(false);
  });

  it('is the last of several to be undone', () => {
    const { deletions, one } = asked();
    const second = deletion();
    deletions.add(second);
    deletions.undoLast();
    expect(second.undo).toHaveBeenCalledTimes(1);
    expect(one.undo).not.toHaveBeenCalled();
  });

  it('has its own time, though the same post was deleted before and put back', async () => {
    const { deletions, one } = asked();
    deletions.undoLast();
    const again = deletion();
    deletions.add(again);
    await deletions.send(one);
    expect(again.send).not.toHaveBeenCalled();
  });

  it('does not keep the others from being sent when it fails', async () => {
    const { deletions, one } = asked();
    one.send.mockRejectedValue(new Error('away'));
    const second = deletion();
    deletions.add(second);
    await deletions.sendAll();
    expect(second.send).toHaveBeenCalledTimes(1);
  });
});
