import { describe, expect, it } from 'vitest';
import { appCodeRule, codeRule, emailRule, nameRule, newPasswordRule, passwordRule, strengthOf } from './rules';

describe('names', () => {
  it.each(['abc', 'hanako', '花子さ', 'a_b-c.d', 'Zoë99', 'Zoe\u0308', 'क्षिप्र', '𠮷野家', 'x'.repeat(32), '𠮷'.repeat(32)])(
    'takes %s',
    (name) => {
      expect(nameRule(name)).toBeUndefined();
    },
  );

  it.each([
    ['', 'nameMissing'],
    ['ab', 'nameLength'],
    ['𠮷野', 'nameLength'],
    ['x'.repeat(33), 'nameLength'],
    ['a b c', 'nameCharacters'],
    ['hana@ko', 'nameCharacters'],
    ['hana🌸', 'nameCharacters'],
    ['\u0308abc', 'nameCharacters'],
    ['1\u0308abc', 'nameCharacters'],
    ['a\u200bbc', 'nameCharacters'],
    ['yuki\ufe0f', 'nameCharacters'],
    ['yuki\u034f', 'nameCharacters'],
    ['\u3164\u3164\u3164', 'nameCharacters'],
    ['...', 'nameLetter'],
    ['b\u0301\u0302\u0303c', 'nameMarks'],
  ])('rejects %j: %s', (name, problem) => {
    expect(nameRule(name)).toBe(problem);
  });
});

describe('addresses', () => {
  it.each([
    'a@b.c',
    'hanako@example.com',
    'hana.ko+board@mail.example.co.jp',
    '花子@例え.jp',
    "o'hara@example.ie",
    `${'a'.repeat(64)}@example.com`,
  ])('takes %s', (email) => {
    expect(emailRule(email)).toBeUndefined();
  });

  it.each([
    'hanako',
    '@example.com',
    'hanako@',
    'hanako@localhost',
    'a@b@example.com',
    'hana ko@example.com',
    '.hanako@example.com',
    'hana..ko@example.com',
    'hanako.@example.com',
    'hana,ko@example.com',
    '"hanako"@example.com',
    'hanako@-example.com',
    'hanako@example..com',
    'hanako@exam_ple.com',
    'hanako@[127.0.0.1]',
    'hana\u200bko@example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(64)}.com`,
    `a@${'b.'.repeat(130)}com`,
  ])('rejects %s', (email) => {
    expect(emailRule(email)).toBe('emailForm');
  });
});

describe('passwords', () => {
  it('counts characters, not their parts', () => {
    expect(newPasswordRule('🌸'.repeat(7))).toBe('passwordShort');
    expect(newPasswordRule('🌸'.repeat(8))).toBeUndefined();
    expect(newPasswordRule('🌸'.repeat(128))).toBeUndefined();
    expect(newPasswordRule('x'.repeat(129))).toBe('passwordLong');
    expect(newPasswordRule('')).toBe('newPasswordMissing');
  });

  it('rejects the first that anybody would guess', () => {
    expect(newPasswordRule('Sunshine')).toBe('passwordCommon');
    expect(newPasswordRule('sunshine on a nail')).toBeUndefined();
  });

  it('takes any that exists', () => {
    expect(passwordRule('short')).toBeUndefined();
    expect(passwordRule('')).toBe('passwordMissing');
    expect(passwordRule('x'.repeat(129))).toBe('passwordLong');
  });

  it.each([
    ['seven', 'short'],
    ['Password1', 'plain'],
    ['ｐａｓｓｗｏｒｄ', 'plain'],
    ['aaaaaaaaaaaaaaaaaaaa', 'plain'],
    ['maple lea', 'fair'],
    ['maple leaves', 'good'],
    ['eight maple leaves', 'strong'],
    ['紅葉が八枚ひらひら落ちた', 'good'],
  ])('says how strong %s is', (password, strength) => {
    expect(strengthOf(password)).toBe(strength);
  });
});

describe('codes', () => {
  it.each(['123456', '123 456', '１２３４５６'])('takes %s from the app', (code) => {
    expect(appCodeRule(code)).toBeUndefined();
    expect(codeRule(code)).toBeUndefined();
  });

  it.each(['4k7d-9m2x-h8qv-t3wz', '4K7D9M2XH8QVT3WZ', '４ｋ７ｄ 9m2x h8qv t3wz'])('takes the recovery code %s in place of one', (code) => {
    expect(codeRule(code)).toBeUndefined();
    expect(appCodeRule(code)).toBe('codeForm');
  });

  it.each([
    ['', 'codeMissing'],
    ['12345', 'codeForm'],
    ['1234567', 'codeForm'],
    ['4k7d-9m2x-h8qv-t3w', 'codeForm'],
  ])('rejects %j: %s', (code, problem) => {
    expect(codeRule(code)).toBe(problem);
    expect(appCodeRule(code)).toBe(problem);
  });
});
