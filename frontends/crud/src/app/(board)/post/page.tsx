import { PostPage } from '../../../post/PostPage';
import { LatePage } from '../../../shell/LatePage';

export default function Page() {
  return (
    <LatePage kind="permalink" count={1}>
      <PostPage />
    </LatePage>
  );
}
