/** The card at the top of the board. It has the same height for everybody, so nothing moves once it is known who reads. */
export const composerCard = 'card mb-5 flex min-h-39 p-4 sm:p-5';
