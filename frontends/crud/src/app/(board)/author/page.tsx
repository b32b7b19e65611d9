import { AuthorPage } from '../../../components/AuthorPage';
import { LatePage } from '../../../components/LatePage';

export default function Page() {
  return (
    <LatePage kind="author">
      <AuthorPage />
    </LatePage>
  );
}
