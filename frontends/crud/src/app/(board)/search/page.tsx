import { SearchPage } from '../../../components/SearchPage';
import { LatePage } from '../../../components/LatePage';

export default function Page() {
  return (
    <LatePage kind="search">
      <SearchPage />
    </LatePage>
  );
}
