export { IndexPage as default } from '../sign-in/IndexPage';
