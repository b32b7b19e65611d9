export { SecurityPage as default } from '../../../account/SecurityPage';
