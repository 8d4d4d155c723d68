/** Begins the fragment of a link that carries typed values. */
export const shareMark = '#try='
