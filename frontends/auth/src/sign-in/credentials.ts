/** An address and its right password. */
export interface Credentials {
  email: string;
  password: string;
}
