import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/** A network's proxy: it leads connections on (CONNECT), or refuses them, and remembers where they wanted to go. */
export class Proxy {
  readonly asked: string[] = []
  /** Whether it lets nobody through. */
  refuses = false
  /** How many more bytes it lets pass towards headquarters; then it breaks off. */
  bears = Number.POSITIVE_INFINITY
  readonly #server: Server
  readonly #open = new Set<Socket>()

  private constructor() {
    this.#server = createServer().on('connect', (request, near: Socket) => {
      this.asked.push(request.url ?? '')
      if (this.refuses) {
        near.end('HTTP/1.1 403 Forbidden\r\n\r\n')
        return
      }
      const [host, port] = (request.url ?? '').split(':')
      const far = connect(Number(port), host ?? '', () => {
        near.write('HTTP/1.1 200 Connection established\r\n\r\n')
        near.on('data', (bytes) => {
          this.bears -= bytes.length
          if (this.bears < 0) near.destroy()
          else far.write(bytes)
        })
        far.pipe(near)
      })
      for (const end of [near, far]) {
        this.#open.add(end)
        // Either side may hang up first, and the other goes with it.
        end.on('error', () => end.destroy())
        end.on('close', () => {
          this.#open.delete(end)
          near.destroy()
          far.destroy()
        })
      }
    })
  }

  /** Opens one on this machine. */
  static async open(): Promise<Proxy> {
    const proxy = new Proxy()
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  /** Where it listens, as observers type it. */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Closes it, and whatever goes through it. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    for (const end of this.#open) end.destroy()
    await closed
  }
}
