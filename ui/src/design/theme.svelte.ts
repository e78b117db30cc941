/** Which colours the screen wears. */
export type ThemeChoice = 'system' | 'light' | 'dark' | 'sun'

const DARK = '(prefers-color-scheme: dark)'

/** Follows the chosen theme, and the system when that is the choice, onto `<html data-theme>`. */
export class ThemeState {
  choice = $state<ThemeChoice>('system')
  #systemDark = $state(false)

  /** What `system` comes to right now. */
  readonly resolved = $derived(this.choice === 'system' ? (this.#systemDark ? 'dark' : 'light') : this.choice)

  /** Begins to follow; call once, inside a component. */
  follow(): void {
    const query = window.matchMedia(DARK)
    this.#systemDark = query.matches
    query.addEventListener('change', (event) => (this.#systemDark = event.matches))
    $effect(() => {
      document.documentElement.dataset.theme = this.resolved
    })
  }
}

export const theme = new ThemeState()
