export { InvitationsPage as default } from '../../../admin/InvitationsPage';
