import { preload } from 'react-dom';
import { FeedPage } from '../../feed/FeedPage';

export default function Page() {
  // Load the first posts in parallel with the scripts that request them.
  preload('/api/crud/posts?limit=20', { as: 'fetch', crossOrigin: 'anonymous' });
  return <FeedPage />;
}
