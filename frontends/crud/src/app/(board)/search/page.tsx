import { Suspense } from 'react';
import { LoadingPosts } from '../../../components/PostSkeleton';
import { SearchPage } from '../../../components/SearchPage';

export default function Page() {
  return (
    // Its address is not known when the files are built.
    <Suspense fallback={<LoadingPosts />}>
      <SearchPage />
    </Suspense>
  );
}
