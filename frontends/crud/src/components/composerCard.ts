/** The card at the top of the board: of the same height whoever reads, so that nothing moves when that is known. */
export const composerCard = 'mb-5 flex min-h-39 rounded-lg border border-line bg-surface p-4 shadow-card sm:p-5';
