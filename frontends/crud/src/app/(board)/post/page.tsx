import { Suspense } from 'react';
import { PostPage } from '../../../components/PostPage';

export default function Page() {
  return (
    // Its address is not known when the files are built.
    <Suspense>
      <PostPage />
    </Suspense>
  );
}
