import { SearchPage } from '../../../search/SearchPage';
import { LatePage } from '../../../shell/LatePage';

export default function Page() {
  return (
    <LatePage kind="search">
      <SearchPage />
    </LatePage>
  );
}
