export { ResetPage as default } from '../../links/ResetPage';
