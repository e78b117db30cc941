/** Where in headquarters' pages one is. The whole state is in the address, so that a link shows a colleague the same. */
export class Route {
  path = $state<string[]>([])
  query = $state.raw(new URLSearchParams())

  constructor() {
    this.#read()
    addEventListener('hashchange', () => this.#read())
  }

  /** The address of a page, for `href`. */
  static to(path: readonly string[], query: Record<string, string> = {}): string {
    const filled = Object.entries(query).filter(([, value]) => value !== '')
    const search = new URLSearchParams(filled).toString()
    return `#/${path.map(encodeURIComponent).join('/')}${search ? `?${search}` : ''}`
  }

  /** Changes the query of this page without leaving a step behind in the history. */
  with(query: Record<string, string>): void {
    const merged = { ...Object.fromEntries(this.query), ...query }
    history.replaceState(null, '', Route.to(this.path, merged))
    this.#read()
  }

  /** Forgets a secret that came in the address. */
  forget(): void {
    history.replaceState(null, '', '#/')
    this.#read()
  }

  #read(): void {
    const [path = '', search = ''] = location.hash.replace(/^#\/?/, '').split('?')
    this.path = path
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent)
    this.query = new URLSearchParams(search)
  }
}
