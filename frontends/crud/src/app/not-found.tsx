import { NotFound } from '@kumiko/ui';
import { Shell } from '../shell/Shell';

export default function Page() {
  return (
    <Shell>
      <NotFound />
    </Shell>
  );
}
