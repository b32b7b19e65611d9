/** Goes over to the other app, which is a document of its own; "back" does not return to the door. */
export function crossTo(page: string): void {
  window.location.replace(page);
}
