import { AppShell } from '@kumiko/ui';

export default function Page() {
  return (
    <AppShell>
      <h1 className="text-xl font-semibold">Sign in</h1>
    </AppShell>
  );
}
