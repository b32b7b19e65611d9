import { AuthorPage } from '../../../author/AuthorPage';
import { LatePage } from '../../../shell/LatePage';

export default function Page() {
  return (
    <LatePage kind="author">
      <AuthorPage />
    </LatePage>
  );
}
