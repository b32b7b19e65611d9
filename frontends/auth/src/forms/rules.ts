import { lengthOf } from '@kumiko/api-client';
import { isCommon } from './commonPasswords';

/** The possible problems of a value. The texts have a message for each. */
export type FieldProblem =
  | 'emailMissing'
  | 'emailForm'
  | 'emailTaken'
  | 'nameMissing'
  | 'nameLength'
  | 'nameCharacters'
  | 'nameLetter'
  | 'nameMarks'
  | 'nameScripts'
  | 'nameTaken'
  | 'passwordMissing'
  | 'newPasswordMissing'
  | 'passwordShort'
  | 'passwordLong'
  | 'passwordCommon'
  | 'passwordWrong'
  | 'passwordSame'
  | 'labelMissing'
  | 'labelForm'
  | 'codeMissing'
  | 'codeForm'
  | 'codeWrong';

export type Rule = (value: string) => FieldProblem | undefined;

// The API's rules, so that most mistakes show before anything is sent. The API makes the final decision.

const shortestName = 3;
const longestName = 32;
const longestLabelText = 64;
const shortestPassword = 8;
const longestPassword = 128;

// RFC 5321 4.5.3.1, minus the angle brackets of a path.
const longestEmail = 254;
const longestLocalPart = 64;
const longestLabel = 63;

// Marks belong to the letter before them. Invisible characters also count as letters or marks here.
const nameCharacters = /^(?:\p{L}[\p{Mn}\p{Mc}]*|[\p{Nd}_.-])+$/u;
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/u;
const invisible = /\p{Default_Ignorable_Code_Point}/u;
const manyMarks = /[\p{Mn}\p{Mc}]{3}/u;
const labelCharacters = /^[\p{L}\p{Nd}\p{Mn}\p{Mc}-]+$/u;
// RFC 5322 3.2.3: these are allowed only in quotes.
const notInLocalPart = /["(),:;<>[\\\]\s\p{Cc}\p{Cf}\p{Cn}\p{Default_Ignorable_Code_Point}]/u;

function bytesOf(value: string): number {
  return new TextEncoder().encode(value).length;
}

export const emailRule: Rule = (value) => {
  if (value === '') {
    return 'emailMissing';
  }
  return isEmail(value) ? undefined : 'emailForm';
};

function isEmail(value: string): boolean {
  const [local = '', domain = '', ...more] = value.split('@');
  const labels = domain.split('.');
  return (
    more.length === 0 &&
    bytesOf(value) <= longestEmail &&
    local !== '' &&
    bytesOf(local) <= longestLocalPart &&
    !local.startsWith('.') &&
    !local.endsWith('.') &&
    !local.includes('..') &&
    !notInLocalPart.test(local) &&
    labels.length >= 2 &&
    labels.every(
      (label) =>
        labelCharacters.test(label) &&
        !invisible.test(label) &&
        bytesOf(label) <= longestLabel &&
        !label.startsWith('-') &&
        !label.endsWith('-'),
    )
  );
}

export const nameRule: Rule = (value) => {
  if (value === '') {
    return 'nameMissing';
  }
  if (!nameCharacters.test(value) || invisible.test(value)) {
    return 'nameCharacters';
  }
  if (!/[\p{L}\p{Nd}]/u.test(value)) {
    return 'nameLetter';
  }
  // Separately typed marks don't count if a composed letter includes them.
  if (manyMarks.test(value) && manyMarks.test(value.normalize('NFKC'))) {
    return 'nameMarks';
  }
  return lengthOf(value) >= shortestName && lengthOf(value) <= longestName ? undefined : 'nameLength';
};

/** An address to sign in with: an address in another format is merely unknown. */
export const knownEmailRule: Rule = (value) => (value === '' ? 'emailMissing' : undefined);

/** An existing password. */
export const passwordRule: Rule = (value) => {
  if (value === '') {
    return 'passwordMissing';
  }
  return lengthOf(value) > longestPassword ? 'passwordLong' : undefined;
};

/** A password that is required only in some cases. */
export const optionalPasswordRule: Rule = (value) => (value === '' ? undefined : passwordRule(value));

export const newPasswordRule: Rule = (value) => {
  if (value === '') {
    return 'newPasswordMissing';
  }
  if (lengthOf(value) < shortestPassword) {
    return 'passwordShort';
  }
  if (isCommon(value)) {
    return 'passwordCommon';
  }
  return lengthOf(value) > longestPassword ? 'passwordLong' : undefined;
};

/** The six digits of an authenticator app, in any width and with spaces. */
export const appCodeRule: Rule = (value) => {
  if (value === '') {
    return 'codeMissing';
  }
  return isAppCode(value) ? undefined : 'codeForm';
};

/** A code of an authenticator app, or a recovery code: 16 letters and digits, in any case, with or without dashes. */
export const codeRule: Rule = (value) => {
  if (value === '') {
    return 'codeMissing';
  }
  return isAppCode(value) || /^[0-9a-z]{16}$/i.test(value.normalize('NFKC').replace(/[\s-]/g, '')) ? undefined : 'codeForm';
};

/** Whether it has the form of a code of an authenticator app. */
export function isAppCode(value: string): boolean {
  return /^[0-9]{6}$/.test(value.normalize('NFKC').replace(/\s/g, ''));
}

export type Strength = 'short' | 'plain' | 'fair' | 'good' | 'strong';

/** How well a password resists guessing: by its length and number of different characters, unless it is one of the first guesses. */
export function strengthOf(password: string): Strength {
  const length = lengthOf(password);
  if (length < shortestPassword) {
    return 'short';
  }
  if (isCommon(password) || new Set(password).size < 5) {
    return 'plain';
  }
  if (length < 12) {
    return 'fair';
  }
  return length < 16 ? 'good' : 'strong';
}

/** A name for something of one's own, such as a passkey. */
export const labelRule: Rule = (value) => {
  if (value === '') {
    return 'labelMissing';
  }
  return lengthOf(value) > longestLabelText || unseen.test(value) ? 'labelForm' : undefined;
};
