import { ROOT } from '../house/programs'
import type { Language } from '../house/words'

/** Where the pictures go. */
export const FOLDER = process.env.BAQYLAU_PICTURES ?? `${ROOT}/docs/img`

/** A small phone, and a laptop's window. */
export const SIZES = { phone: { width: 360, height: 640 }, wide: { width: 1280, height: 800 } } as const

export const LANGUAGES = ['en', 'kk'] as const satisfies readonly Language[]
export const THEMES = ['light', 'dark'] as const
