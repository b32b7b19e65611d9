import { FeedPage } from '../../components/FeedPage';

export default function Page() {
  return <FeedPage />;
}
