export { AccountArea as default } from '../../account/AccountArea';
