/** Keeps no character and has a fixed width, so that not even the length shows (promise 5). */
export const masked = '*****'
