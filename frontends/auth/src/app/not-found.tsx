import { AppShell, NotFound } from '@kumiko/ui';

export default function Page() {
  return (
    <AppShell>
      <NotFound />
    </AppShell>
  );
}
