import { preload } from 'react-dom';
import { FeedPage } from '../../components/FeedPage';

export default function Page() {
  // The first posts need not wait for the scripts that ask for them.
  preload('/api/crud/posts?limit=20', { as: 'fetch', crossOrigin: 'anonymous' });
  return <FeedPage />;
}
