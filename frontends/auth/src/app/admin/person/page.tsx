export { PersonPage as default } from '../../../admin/PersonPage';
