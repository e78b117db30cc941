// Written by `npm run gen` from assets/locales/en; do not edit.

export type MessageId =
  | 'cancel'
  | 'clear'
  | 'close'
  | 'delivery-carried'
  | 'delivery-held'
  | 'delivery-on_device'
  | 'delivery-quarantined'
  | 'delivery-sent'
  | 'delivery-waiting'
  | 'erase-digit'
  | 'loading'
  | 'no'
  | 'now'
  | 'number-pad'
  | 'synthetic'
  | 'today'
  | 'yes'

export interface MessageArguments {
}
