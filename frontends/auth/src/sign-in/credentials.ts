/** An address and its right password. */
export interface Credentials {
  email: string;
  password: string;
  /** False if the browser is to forget the sign-in when it is closed. */
  remember?: boolean;
}
