/** Lock the app from every screen. */
export const LOCK_KEYS = 'Alt+L'
