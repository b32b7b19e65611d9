import type { ActivityMessages } from './messages';

/** What an entry of the audit trail says happened. An action that this page doesn't know yet is shown by its name. */
export function describeAction(entry: { action: string; outcome: string }, texts: ActivityMessages): string {
  const refusal = entry.outcome === 'refused' ? texts.refusals[entry.action] : undefined;
  return refusal ?? texts.actions[entry.action] ?? entry.action.replaceAll('_', ' ');
}

/** The details of an entry in words, such as both roles of a change; null if there are none. */
export function describeDetails(details: string | null | undefined, texts: ActivityMessages): string | null {
  if (details === null || details === undefined) {
    return null;
  }
  const [first = '', second] = details.split(':');
  if (second === undefined) {
    return texts.reasons[first] ?? first.replaceAll('_', ' ');
  }
  if (first === 'post') {
    return texts.post(second);
  }
  if (first === 'passkey') {
    return texts.passkey(second);
  }
  return texts.fromTo(texts.roles[first] ?? first, texts.roles[second] ?? second);
}
