const LONGEST_SIDE = 2000
const QUALITY = 0.82

/** A picture as the core takes it. */
export interface Picture {
  media_type: string
  base64: string
}

/**
 * Draws the picture anew at a size that reads well and travels well. What the camera wrote beside it
 * (place, owner, device) stays behind.
 */
export async function prepare(file: Blob): Promise<Picture> {
  const bitmap = await createImageBitmap(file)
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  const [, base64 = ''] = canvas.toDataURL('image/jpeg', QUALITY).split(',')
  return { media_type: 'image/jpeg', base64 }
}
