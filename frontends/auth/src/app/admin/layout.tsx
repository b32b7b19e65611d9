export { AdminArea as default } from '../../admin/AdminArea';
