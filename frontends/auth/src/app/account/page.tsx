export { ProfilePage as default } from '../../account/ProfilePage';
