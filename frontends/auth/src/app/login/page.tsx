export { LoginPage as default } from '../../sign-in/LoginPage';
