export { RegisterPage as default } from '../../door/RegisterPage';
