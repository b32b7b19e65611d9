import { Suspense } from 'react';
import { LoadingPosts } from '../../../components/PostSkeleton';
import { PostPage } from '../../../components/PostPage';

export default function Page() {
  return (
    // Its address is not known when the files are built.
    <Suspense fallback={<LoadingPosts count={1} />}>
      <PostPage />
    </Suspense>
  );
}
