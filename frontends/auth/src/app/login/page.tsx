export { LoginPage as default } from '../../door/LoginPage';
