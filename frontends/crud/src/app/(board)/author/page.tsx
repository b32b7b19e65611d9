import { Suspense } from 'react';
import { AuthorPage } from '../../../components/AuthorPage';

export default function Page() {
  return (
    // Its address is not known when the files are built.
    <Suspense>
      <AuthorPage />
    </Suspense>
  );
}
