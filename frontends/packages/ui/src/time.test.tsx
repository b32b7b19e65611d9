import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { RelativeTime, relativeTime } from './time';

const now = Date.parse('2026-07-01T12:00:00Z');

function ago(milliseconds: number): Date {
  return new Date(now - milliseconds);
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('relativeTime', () => {
  it.each([
    [0, 'now', 'たった今'],
    [59 * second, 'now', 'たった今'],
    [minute, '1 min ago', '1分前'],
    [hour - 1, '59 min ago', '59分前'],
    [hour, '1 hr ago', '1時間前'],
    [day - 1, '23 hr ago', '23時間前'],
    [day, '1 day ago', '1日前'],
    [7 * day - 1, '6 days ago', '6日前'],
    [7 * day, '24 Jun', '6月24日'],
    [365 * day, '1 Jul 2025', '2025年7月1日'],
  ])('says of %d ms "%s" and "%s"', (age, english, japanese) => {
    expect(relativeTime(ago(age), 'en', now)).toBe(english);
    expect(relativeTime(ago(age), 'ja', now)).toBe(japanese);
  });

  it('shows no future where the clock is behind', () => {
    expect(relativeTime(ago(-hour), 'en', now)).toBe('now');
  });
});

describe('RelativeTime', () => {
  it('shows the exact time under the pointer', () => {
    render(<RelativeTime value="2020-02-29T12:34:56Z" />);
    const time = screen.getByText('29 Feb 2020');
    expect(time).toHaveProperty('title', '');
    fireEvent.pointerEnter(time);
    expect(time).toHaveProperty('title', expect.stringMatching(/Saturday.*29 February 2020.*\d\d:34:56/));
  });
});
