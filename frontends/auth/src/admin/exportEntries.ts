import type { AuditEntry } from '@kumiko/api-client';

const columns = [
  'id',
  'at',
  'action',
  'outcome',
  'actor_id',
  'actor_name',
  'subject_id',
  'subject_name',
  'session_id',
  'client',
  'details',
  'reason',
] as const satisfies readonly (keyof AuditEntry)[];

/** The most entries of one export: a hundred requests. */
export const maxExported = 10_000;

/** Entries as CSV (RFC 4180), with a byte order mark, by which spreadsheets recognise UTF-8. */
export function toCsv(entries: readonly AuditEntry[]): string {
  const lines = entries.map((entry) => columns.map((column) => cell(entry[column])).join(','));
  return '\uFEFF' + [columns.join(','), ...lines].map((line) => `${line}\r\n`).join('');
}

/** Entries as JSON, one object after the other in an array. */
export function toJson(entries: readonly AuditEntry[]): string {
  return JSON.stringify(entries, [...columns], 2);
}

// A spreadsheet runs a text that begins like a formula (OWASP, 'CSV Injection'), some with full-width signs, too. Names and reasons are
// other people's texts.
function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (typeof value === 'number') {
    return String(value);
  }
  const safe = /^[=+\-@\t\r＝＋－＠]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
