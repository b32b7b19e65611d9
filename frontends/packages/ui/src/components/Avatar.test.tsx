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
  expect(render(<Avatar name={name} />).container.textContent).toBe(first);
});
