export { AuditPage as default } from '../../../admin/AuditPage';
