/** A character that nobody can see or type: a control character other than tabs and line ends, or half of one. */
export const unseen = /[^\P{Cc}\t\n\r]|\p{Cs}/u;
