import { NotFound } from '@kumiko/ui';
import { Shell } from '../components/Shell';

export default function Page() {
  return (
    <Shell>
      <NotFound />
    </Shell>
  );
}
