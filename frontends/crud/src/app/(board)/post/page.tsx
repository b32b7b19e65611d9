import { PostPage } from '../../../components/PostPage';
import { LatePage } from '../../../components/LatePage';

export default function Page() {
  return (
    <LatePage kind="permalink" count={1}>
      <PostPage />
    </LatePage>
  );
}
