export { UndoFactorsPage as default } from '../../links/UndoFactorsPage';
