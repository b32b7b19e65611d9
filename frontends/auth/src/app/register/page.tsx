export { RegisterPage as default } from '../../sign-in/RegisterPage';
