import { KeyRound, MonitorSmartphone, UserRound, type LucideIcon } from 'lucide-react';
import type { Messages } from '../messages';

/** The pages of the account, in order. A page added here appears in the navigation. */
export const sections: readonly { page: string; icon: LucideIcon; label: (texts: Messages) => string }[] = [
  { page: '/account', icon: UserRound, label: (texts) => texts.profile },
  { page: '/account/security', icon: KeyRound, label: (texts) => texts.security },
  { page: '/account/sessions', icon: MonitorSmartphone, label: (texts) => texts.sessions },
];
