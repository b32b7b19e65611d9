export { SessionsPage as default } from '../../../account/SessionsPage';
