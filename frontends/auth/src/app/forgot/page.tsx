export { ForgotPage as default } from '../../links/ForgotPage';
