'use client';

import { useSession } from '@kumiko/api-client';
import { LogOut, MessageSquareText, UserRound, UsersRound } from 'lucide-react';
import type { ReactElement } from 'react';
import { setLanguage, useLanguage, useSharedTexts } from '../language';
import { useTheme } from '../theme';
import { Menu, MenuChoice, MenuItem, MenuLink, MenuSeparator } from './Menu';

/** Shows who is signed in, links to their account, and settings for theme and language. */
export default function AccountMenu({ trigger }: { trigger: ReactElement }) {
  const texts = useSharedTexts();
  const { user, signOut } = useSession();
  const language = useLanguage();
  const [theme, setTheme] = useTheme();
  return (
    <Menu trigger={trigger}>
      {user !== null && (
        <>
          <p className="px-3 pt-2 pb-1">
            <span className="block font-semibold">{user.username}</span>
            <span className="block text-xs text-muted">{user.email}</span>
          </p>
          <MenuSeparator />
          <MenuLink href={`/crud/author?id=${user.id}`} icon={<MessageSquareText aria-hidden="true" className="size-4 text-muted" />}>
            {texts.profile}
          </MenuLink>
          <MenuLink href="/auth/account" icon={<UserRound aria-hidden="true" className="size-4 text-muted" />}>
            {texts.account}
          </MenuLink>
          {user.role === 'admin' && (
            <MenuLink href="/auth/admin" icon={<UsersRound aria-hidden="true" className="size-4 text-muted" />}>
              {texts.administration}
            </MenuLink>
          )}
          <MenuItem icon={<LogOut aria-hidden="true" className="size-4 text-muted" />} onSelect={() => void signOut().catch(() => {})}>
            {texts.signOut}
          </MenuItem>
          <MenuSeparator />
        </>
      )}
      <MenuChoice
        label={texts.language}
        value={language}
        choices={[
          { value: 'en', label: 'English', lang: 'en' },
          { value: 'ja', label: '日本語', lang: 'ja' },
        ]}
        onChange={setLanguage}
      />
      <MenuChoice
        label={texts.theme}
        value={theme}
        choices={[
          { value: 'light', label: texts.light },
          { value: 'dark', label: texts.dark },
          { value: 'system', label: texts.system },
        ]}
        onChange={setTheme}
      />
    </Menu>
  );
}
