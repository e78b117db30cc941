const LONGEST_SIDE = 2000
const QUALITY = 0.82
/** What the core takes at most, bytes. */
export const MOST_BYTES = 8 * 1024 * 1024
const KINDS = ['image/jpeg', 'image/png']

/** One way to keep a picture, and what it would weigh. */
export interface Offer {
  how: 'smaller' | 'as_taken'
  blob: Blob
}

/** The ways to keep a picture: smaller, unless that saves nothing, and as taken, if the core takes it so. */
export async function offers(file: Blob): Promise<Offer[]> {
  const smaller = await redrawn(file)
  const fits = KINDS.includes(file.type) && file.size <= MOST_BYTES
  return choices(file, smaller, fits)
}

/** The smaller one first; one that is no smaller is none. */
export function choices(file: Blob, smaller: Blob, fits: boolean): Offer[] {
  const found: Offer[] = []
  if (!fits || smaller.size < file.size) found.push({ how: 'smaller', blob: smaller })
  if (fits) found.push({ how: 'as_taken', blob: file })
  return found
}

/** A picture to look for codes in, as the core takes it. */
export async function prepare(file: Blob): Promise<{ media_type: string; base64: string }> {
  const drawn = await redrawn(file)
  return { media_type: drawn.type, base64: await base64(drawn) }
}

/** Draws the picture anew, upright, at a size that reads well and travels well. */
async function redrawn(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file)
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', QUALITY)
  })
}

/** Bytes as the core takes them. */
export async function base64(blob: Blob): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'))
    reader.readAsDataURL(blob)
  })
  return url.slice(url.indexOf(',') + 1)
}

/** A picture as the core gives it. */
export function blobOf(picture: { media_type: string; base64: string }): Blob {
  const bytes = Uint8Array.from(atob(picture.base64), (letter) => letter.charCodeAt(0))
  return new Blob([bytes], { type: picture.media_type })
}
