/** Goes to the other app, which is a separate document. "Back" does not return to the sign-in page. */
export function replaceDocument(page: string): void {
  window.location.replace(page);
}
