import type { AuditEntry } from '@kumiko/api-client';
import { describe, expect, it } from 'vitest';
import { toCsv, toJson } from './exportEntries';

const entry: AuditEntry = {
  id: 5,
  at: '2026-11-29T12:00:00.000Z',
  action: 'role_change',
  outcome: 'succeeded',
  actor_id: 1,
  actor_name: '花子',
  subject_id: null,
  subject_name: null,
  session_id: null,
  client: '203.0.113.0/24',
  details: 'member:admin',
  reason: null,
};

describe('the export of audit entries', () => {
  it('writes a line of CSV for each, with a heading', () => {
    expect(toCsv([entry])).toBe(
      '\uFEFFid,at,action,outcome,actor_id,actor_name,subject_id,subject_name,session_id,client,details,reason\r\n' +
        '5,2026-11-29T12:00:00.000Z,role_change,succeeded,1,花子,,,,203.0.113.0/24,member:admin,\r\n',
    );
  });

  it.each([
    ['says "no", twice', '"says ""no"", twice"'],
    ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['@home', "'@home"],
    ['-1', "'-1"],
    ['＝1+1', "'＝1+1"],
  ])('makes the reason %s harmless', (reason, written) => {
    expect(
      toCsv([{ ...entry, reason }])
        .trimEnd()
        .endsWith(`,${written}`),
    ).toBe(true);
  });

  it('writes JSON that says the same', () => {
    expect(JSON.parse(toJson([entry]))).toEqual([entry]);
  });
});
