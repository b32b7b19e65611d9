/** The card at the top of the board. It has the same height for everybody, so nothing moves once it is known who reads. */
export const composerCard = 'mb-5 flex min-h-39 rounded-lg border border-line bg-surface p-4 shadow-card sm:p-5';
