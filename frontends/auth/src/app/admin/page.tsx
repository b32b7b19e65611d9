export { PeoplePage as default } from '../../admin/PeoplePage';
