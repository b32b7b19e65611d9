export { KeepEmailPage as default } from '../../links/KeepEmailPage';
