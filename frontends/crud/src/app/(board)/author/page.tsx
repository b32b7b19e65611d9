import { Suspense } from 'react';
import { LoadingPosts } from '../../../components/PostSkeleton';
import { AuthorPage } from '../../../components/AuthorPage';

export default function Page() {
  return (
    // Its address is not known when the files are built.
    <Suspense fallback={<LoadingPosts />}>
      <AuthorPage />
    </Suspense>
  );
}
