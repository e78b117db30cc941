import { theme, type ThemeChoice } from '../design'
import { LANGUAGES, texts } from '../text/texts.svelte'

const SUBJECTS = ['design', 'hq', 'findings'] as const
const THEMES: readonly string[] = ['system', 'light', 'dark', 'sun']

/** Language and colours of this browser's headquarters pages. Nothing secret, so the browser keeps them. */
export const preferences = {
  /** Takes up what was chosen before, or what the browser speaks. */
  async restore(): Promise<void> {
    const colours = localStorage.getItem('theme')
    if (colours && THEMES.includes(colours)) theme.choice = colours as ThemeChoice
    const wished = localStorage.getItem('language') ?? navigator.language.slice(0, 2)
    const known = LANGUAGES.some(({ code }) => code === wished)
    await texts.load(known ? wished : 'en', SUBJECTS)
  },

  /** Switches the language of every page. */
  async speak(language: string): Promise<void> {
    localStorage.setItem('language', language)
    await texts.load(language, SUBJECTS)
  },

  /** Switches the colours. */
  wear(choice: ThemeChoice): void {
    localStorage.setItem('theme', choice)
    theme.choice = choice
  },
}
