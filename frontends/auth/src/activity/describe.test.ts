import { describe, expect, it } from 'vitest';
import { describeAction, describeDetails } from './describe';
import { activityMessages } from './messages';

describe('an entry of the audit trail in words', () => {
  const { en, ja } = activityMessages;

  it('says whether it was refused, where that is not the same', () => {
    expect(describeAction({ action: 'sign_in', outcome: 'succeeded' }, en)).toBe('Signed in');
    expect(describeAction({ action: 'sign_in', outcome: 'refused' }, en)).toBe('Failed sign-in');
    expect(describeAction({ action: 'password_check', outcome: 'refused' }, en)).toBe('Wrong password entered');
  });

  it('shows an unknown action by its name', () => {
    expect(describeAction({ action: 'moon_landing', outcome: 'succeeded' }, en)).toBe('moon landing');
  });

  it.each([
    [null, null],
    ['signed_out', 'on that device'],
    ['something_new', 'something new'],
    ['member:moderator', 'Member → Moderator'],
    ['post:123', 'post 123'],
    ['passkey:3', 'no. 3'],
    ['passkey', 'with a passkey'],
  ])('writes the details %s as %s', (details, words) => {
    expect(describeDetails(details, en)).toBe(words);
  });

  it('has the same actions and reasons in both languages', () => {
    expect(Object.keys(ja.actions)).toEqual(Object.keys(en.actions));
    expect(Object.keys(ja.reasons)).toEqual(Object.keys(en.reasons));
  });
});
