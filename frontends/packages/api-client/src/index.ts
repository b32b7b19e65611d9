import type {
  ActivityResponse,
  AuditEntryResponse,
  FinishPasskeyRegistrationRequest,
  InvitationResponse,
  ManagedUserResponse,
  PasskeyAssertionRequest,
  PasskeyCreationOptions,
  PasskeyRequestOptions,
  PasskeyResponse,
  PostResponse,
  RegisterUserRequest,
  SessionResponse,
  UserResponse,
} from './generated';

// The generated types allow unknown members; pages use only the known ones.
type Known<T> = { [Name in keyof T as string extends Name ? never : Name]: T[Name] };

export type Post = Known<PostResponse>;
export type SignedInSession = Known<SessionResponse>;
export type Passkey = Known<PasskeyResponse>;
export type PasskeyCreation = Known<PasskeyCreationOptions>;
export type PasskeyAnswer = Known<FinishPasskeyRegistrationRequest>;
export type PasskeyOptions = Known<PasskeyRequestOptions>;
export type PasskeyProof = Known<PasskeyAssertionRequest>;
export type User = Known<UserResponse>;
export type ManagedUser = Known<ManagedUserResponse>;
export type Invitation = Known<InvitationResponse>;
export type NewAccount = Known<RegisterUserRequest>;
export type AuditEntry = Known<AuditEntryResponse>;
export type Activity = Known<ActivityResponse>;

export { isCollecting, type DownloadedFile } from './download';
export { lengthOf } from './lengthOf';
export { newKey } from './newKey';
export { draftKey, unsentKey } from './personal';
export { ApiProvider, useApi, useSession, type Api } from './react';
export { pause } from './pause';
export { ProblemError, retryAnswered, retryPassing } from './problem';
export { followPosts } from './stream';
