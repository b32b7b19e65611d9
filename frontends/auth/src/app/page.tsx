export { IndexPage as default } from '../door/IndexPage';
