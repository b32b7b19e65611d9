import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Avatar } from './Avatar';

it.each([
  ['hana', 'h'],
  ['_', '_'],
  ['花子', '花'],
  ['é', 'é'],
  ['e\u0301clair', 'e\u0301'],
  ['1\uFE0F\u20E3', '1\uFE0F\u20E3'],
  ['👩‍🔧 Mari', '👩‍🔧'],
  [null, ''],
])('shows of %j the first letter, whole', (name, first) => {
  expect(render(<Avatar id={1} name={name} />).container.textContent).toBe(first);
});

it('keeps its colour when the name changes', () => {
  const colour = (id: number, name: string) => {
    const { container } = render(<Avatar id={id} name={name} />);
    return (container.firstElementChild as HTMLElement).style.backgroundColor;
  };
  expect(colour(7, 'maya')).toBe(colour(7, 'Maya'));
  expect(colour(7, 'maya')).not.toBe(colour(8, 'maya'));
});
