export { VerifyPage as default } from '../../links/VerifyPage';
