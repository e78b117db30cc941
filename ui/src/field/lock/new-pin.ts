/** The fewest digits of a PIN; the core asks for as many. */
const LEAST_DIGITS = 6

/** Why a PIN cannot be the new one: too short, or typed otherwise the second time. `null`: it can. */
export function newPinFault(pin: string, again: string): 'pin-too-short' | 'pin-differs' | null {
  if (pin.length < LEAST_DIGITS) return 'pin-too-short'
  return pin === again ? null : 'pin-differs'
}
