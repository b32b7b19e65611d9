import { AppShell } from '@kumiko/ui';

export default function Page() {
  return (
    <AppShell>
      <h1 className="text-xl font-semibold">Board</h1>
    </AppShell>
  );
}
