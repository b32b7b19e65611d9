import { Suspense } from 'react';
import { SearchPage } from '../../../components/SearchPage';

export default function Page() {
  return (
    // Its address is not known when the files are built.
    <Suspense>
      <SearchPage />
    </Suspense>
  );
}
